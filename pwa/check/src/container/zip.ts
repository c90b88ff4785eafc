// A ZIP, also one written anew by another program; hostile until proved tame. Nothing is unpacked to read its names.
import { ContainerError, UnreadableFileError } from '../errors.js'
import type { Container, Member } from '../ports.js'
import { MAX_FILES, checkName, refuseTwins } from './names.js'
import type { Entry } from './zipDirectory.js'
import { decodeName, endsPlainly, readDirectory } from './zipDirectory.js'

const MAX_RATIO = 100
const RATIO_FROM_BYTES = 10 * 1024 * 1024
const ENCRYPTED = 0x1
const PATCHED = 0x20
const STRONGLY_ENCRYPTED = 0x40
const STORED = 0
const DEFLATED = 8
const LINK = 0o120000
const FILE_KIND = 0o170000
const LOCAL = 0x04034b50
const LOCAL_BYTES = 30

export class ZipContainer implements Container {
  readonly files = new Map<string, number>()
  readonly folders = new Set<string>()
  readonly #file: Blob
  readonly #entries = new Map<string, Entry>()

  private constructor(file: Blob) {
    this.#file = file
  }

  /** Raises ContainerError. */
  static async open(file: Blob): Promise<ZipContainer> {
    const made = new ZipContainer(file)
    const entries = await readDirectory(file)
    if (entries.length > MAX_FILES) throw new ContainerError('too_many')
    for (const entry of entries) made.#take(entry)
    refuseTwins([...made.files.keys(), ...made.folders])
    // What stands before, behind or in a comment is in no list and under no signature.
    const begins = entries.reduce((least, entry) => Math.min(least, entry.offset), entries[0]?.offset ?? 0)
    if (begins !== 0 || !(await endsPlainly(file))) throw new ContainerError('hidden')
    // Entries that share bytes, as the smallest bombs do, add up to more than there is.
    if (entries.reduce((sum, entry) => sum + entry.packedSize, 0) > file.size) throw new ContainerError('bomb')
    return made
  }

  async member(name: string): Promise<Member> {
    const entry = this.#entries.get(name)
    if (entry === undefined) throw new UnreadableFileError(name)
    const begin = await this.#bytesOf(entry)
    if (entry.method !== STORED && entry.method !== DEFLATED) throw new UnreadableFileError(name)
    const blob = this.#file.slice(begin, begin + entry.packedSize)
    if (blob.size !== entry.packedSize) throw new UnreadableFileError(name) // cut
    return { blob, isDeflated: entry.method === DEFLATED, size: entry.size, crc: entry.crc }
  }

  #take(entry: Entry): void {
    const isFolder = entry.name.endsWith('/')
    const nul = entry.name.indexOf('\0')
    const name = isFolder ? entry.name.slice(0, -1) : entry.name
    // Readers cut a name here, each in its own way.
    if (nul >= 0) throw new ContainerError('name', entry.name.slice(0, nul))
    checkName(name)
    if (((entry.attributes >>> 16) & FILE_KIND) === LINK) throw new ContainerError('link', name)
    if (this.files.has(name) || this.folders.has(name)) throw new ContainerError('duplicate', name)
    if ((entry.flags & ENCRYPTED) !== 0) throw new ContainerError('encrypted', name)
    const packed = Math.max(entry.packedSize, 1)
    if (entry.size > RATIO_FROM_BYTES && entry.size / packed > MAX_RATIO) throw new ContainerError('bomb', name)
    if (isFolder) {
      this.folders.add(name)
    } else {
      this.files.set(name, entry.size)
      this.#entries.set(name, entry)
    }
  }

  /** Where an entry's bytes begin: behind its own header, which must say the same name as the directory. */
  async #bytesOf(entry: Entry): Promise<number> {
    const head = new Uint8Array(await this.#file.slice(entry.offset, entry.offset + LOCAL_BYTES).arrayBuffer())
    const view = new DataView(head.buffer)
    if (head.length !== LOCAL_BYTES || view.getUint32(0, true) !== LOCAL) throw new UnreadableFileError(entry.name)
    const flags = view.getUint16(6, true)
    const nameLength = view.getUint16(26, true)
    const begin = entry.offset + LOCAL_BYTES
    const raw = new Uint8Array(await this.#file.slice(begin, begin + nameLength).arrayBuffer())
    if ((entry.flags & (PATCHED | STRONGLY_ENCRYPTED)) !== 0) throw new UnreadableFileError(entry.name)
    let name: string
    try {
      name = decodeName(raw, flags)
    } catch (cause) {
      throw new UnreadableFileError(entry.name, { cause })
    }
    if (name !== entry.name) throw new UnreadableFileError(entry.name)
    return begin + nameLength + view.getUint16(28, true)
  }
}

// A folder that the person chose or dropped, as the browser shows it. Links and special files it does not show.
import { ContainerError, UnreadableFileError } from '../errors.js'
import type { Container, Member } from '../ports.js'
import { MAX_FILES, checkName, refuseTwins } from './names.js'

export interface Found {
  readonly path: string // below the chosen folder
  readonly file: File | null // null: a folder
}

export class FolderContainer implements Container {
  readonly files = new Map<string, number>()
  readonly folders = new Set<string>()
  readonly #found = new Map<string, File>()

  constructor(found: Iterable<Found>) {
    for (const { path, file } of found) {
      checkName(path)
      if (this.files.has(path) || this.folders.has(path)) throw new ContainerError('duplicate', path)
      if (file === null) {
        this.folders.add(path)
      } else {
        this.files.set(path, file.size)
        this.#found.set(path, file)
      }
      if (this.files.size + this.folders.size > MAX_FILES) throw new ContainerError('too_many')
    }
    refuseTwins([...this.files.keys(), ...this.folders])
  }

  async member(name: string): Promise<Member> {
    const file = this.#found.get(name)
    if (file === undefined) throw new UnreadableFileError(name)
    return { blob: file, isDeflated: false, size: file.size, crc: null }
  }
}

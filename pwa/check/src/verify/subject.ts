// What is being checked: one package, opened, and what its checks have found out so far.
import type { Bytes } from '../bytes.js'
import { UnreadableFileError } from '../errors.js'
import type { ExhibitEntry, Exhibits, History, PackageManifest } from '../formats.js'
import { readWhole } from '../hashing/reading.js'
import type { Trust } from '../integrity/trust.js'
import * as layout from '../layout.js'
import type { Algorithm, Container, Hasher } from '../ports.js'
import type { Token } from '../stamps/token.js'
import type { Trusted } from './trusted.js'
import { Ledger } from './verdict.js'

export const MANIFEST_BYTES = 16 * 1024 * 1024
export const PROOF_BYTES = 1024 * 1024
export const RECORDS_BYTES = 64 * 1024 * 1024
const SM3_BYTES = 256 * 1000 * 1000 // of exhibits, without being asked for: seconds

export interface FileDigest {
  readonly sha256: string
  readonly size: number
}

/** One package. Paths are relative to its own folder, wherever that lies in the container. */
export class Subject {
  readonly ledger = new Ledger()
  readonly digests = new Map<string, FileDigest>() // by path, once hashed
  readonly sm3 = new Map<string, string>() // by path, of what lies in 3_EXHIBITS
  readonly signed = new Set<string>() // paths of manifests whose signature holds
  readonly stamped = new Map<string, readonly Token[]>() // outside tokens that hold, by their checkpoint's path
  readonly proved: ExhibitEntry[] = [] // exhibits with records under a root
  package: PackageManifest | null = null
  exhibits: Exhibits | null = null
  history: History | null = null
  trust: Trust | null = null
  readonly #tooLarge = new Set<string>() // named once, however often they are asked for
  readonly #read = new Map<string, Bytes>()

  constructor(
    readonly container: Container,
    readonly prefix: string,
    readonly trusted: Trusted,
    readonly hasher: Hasher,
    readonly withSm3: boolean | null, // as the person asked; null: where it takes no long time
  ) {}

  /** Whether SM3 is computed: as asked, else unless it would take longer than all the rest. */
  get comparesSm3(): boolean {
    if (this.withSm3 !== null) return this.withSm3
    const folder = `${this.prefix}${layout.EXHIBITS_FOLDER}/`
    let sum = 0
    for (const [name, size] of this.container.files) if (name.startsWith(folder)) sum += size
    return sum <= SM3_BYTES
  }

  has(path: string): boolean {
    return this.container.files.has(this.prefix + path)
  }

  /** Names of the package's own files, sorted. */
  ownNames(): readonly string[] {
    return [...this.container.files.keys()].filter((name) => name.startsWith(this.prefix)).sort()
  }

  /**
   * A small file; null when it is missing or cannot be read (the files check says so). One that is larger than
   * such a file can be is whole, so no other check would name it.
   */
  async read(path: string, limit = PROOF_BYTES): Promise<Bytes | null> {
    const name = this.prefix + path
    const size = this.container.files.get(name)
    if (size === undefined) return null
    if (size > limit && !this.#tooLarge.has(path)) {
      this.#tooLarge.add(path)
      this.ledger.changed('files', 'file-unreadable', path)
    }
    const known = this.#read.get(path)
    if (known !== undefined) return known
    try {
      const data = await readWhole(this.container, name, limit)
      if (data.length <= PROOF_BYTES) this.#read.set(path, data) // events and proofs are asked for again
      return data
    } catch (problem) {
      if (problem instanceof UnreadableFileError) return null
      throw problem
    }
  }

  /** A file's digest by another algorithm than SHA-256; null: it cannot be read, or computed here. */
  async hashAnew(path: string, algorithm: Algorithm): Promise<string | null> {
    if (!this.has(path)) return null
    try {
      const found = await this.hasher.hash(await this.container.member(this.prefix + path), [algorithm])
      return found?.digests[algorithm] ?? null
    } catch (problem) {
      if (problem instanceof UnreadableFileError) return null
      throw problem
    }
  }

  eachExhibit(): readonly ExhibitEntry[] {
    return this.exhibits === null ? [] : this.exhibits.exhibits
  }

  /** The digest that package.json states for a path. */
  stated(path: string): string | null {
    return this.package?.files.find((file) => file.path === path)?.sha256 ?? null
  }
}

/** Where the package's folder is: the shallowest place that has a package manifest. */
export function findPrefix(container: Container): string | null {
  const tail = layout.PACKAGE
  const places = [...container.files.keys()]
    .filter((name) => name === tail || name.endsWith(`/${tail}`))
    .map((name) => name.slice(0, -tail.length))
  const depth = (place: string): number => place.split('/').length
  const shallowest = Math.min(...places.map(depth))
  const nearest = places.filter((place) => depth(place) === shallowest)
  return nearest.length === 1 ? (nearest[0] ?? null) : null
}

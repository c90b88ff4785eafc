// What the checks need from outside: files by name, and digests of them. Types only.

/** The bytes of one file as they lie there, packed or not. A worker can be sent it. */
export interface Member {
  readonly blob: Blob
  readonly isDeflated: boolean
  readonly size: number // bytes, unpacked
  readonly crc: number | null // of the unpacked bytes, where the container states one
}

/** Files by name (forward slashes), with sizes; folders apart. */
export interface Container {
  readonly files: ReadonlyMap<string, number>
  readonly folders: ReadonlySet<string>
  /** Where the bytes of one file are; raises UnreadableFileError when it is damaged. */
  member(name: string): Promise<Member>
}

export type Algorithm = 'sha256' | 'sha384' | 'sha512' | 'sm3'

/** Digests in hex of a whole file and how many bytes it has. An algorithm that is not here is left out. */
export interface Hashed {
  readonly digests: Readonly<Partial<Record<Algorithm, string>>>
  readonly size: number
}

export interface Hasher {
  readonly algorithms: ReadonlySet<Algorithm>
  /** Null when the file cannot be read to its end. `onBytes` is told of progress. */
  hash(member: Member, algorithms: readonly Algorithm[], onBytes?: (bytes: number) => void): Promise<Hashed | null>
}

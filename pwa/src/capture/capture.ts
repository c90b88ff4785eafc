// Copies a chosen file into the phone's own store and takes its digest from the very bytes copied.
// After this the picker's file may vanish: what we hold is what we hashed.
import { EmptyFileError, FileTooLargeError, FileUnreadableError } from '../errors'
import type { Declaration, Digest, Draft, DraftCopy, EvidenceKind, OutboxStore } from '../ports'
import { FILE_MAX_BYTES } from './kinds'

const CHUNK_BYTES = 4 * 1024 * 1024

export interface Choice {
  readonly file: File
  readonly kind: EvidenceKind
  readonly owner: string
  readonly case: string
  readonly batch: string
  readonly declaration: Declaration
  readonly at: Date
}

/** Keeps one chosen file; resolves to its draft, or throws and leaves nothing behind. */
export async function keep(
  choice: Choice,
  store: OutboxStore,
  openDigest: () => Digest,
  onCopied: (bytes: number) => void = () => undefined,
): Promise<Draft> {
  const { file } = choice
  if (file.size === 0) throw new EmptyFileError()
  if (file.size > FILE_MAX_BYTES) throw new FileTooLargeError(file.size, FILE_MAX_BYTES)

  const id = crypto.randomUUID()
  const copy = await store.copy(id)
  const digest = openDigest()
  try {
    await copyBytes(file, copy, digest, onCopied)
    const draft = draftOf(id, choice, await digest.finish())
    await copy.finish(draft)
    return draft
  } catch (error) {
    await copy.discard()
    throw error
  } finally {
    digest.close()
  }
}

async function copyBytes(
  file: File,
  copy: DraftCopy,
  digest: Digest,
  onCopied: (bytes: number) => void,
): Promise<void> {
  for (let start = 0; start < file.size; start += CHUNK_BYTES) {
    const chunk = await read(file, start)
    await copy.write(chunk)
    onCopied(start + chunk.byteLength)
    await digest.update(chunk)
  }
}

async function read(file: File, start: number): Promise<ArrayBuffer> {
  const end = Math.min(start + CHUNK_BYTES, file.size)
  let chunk: ArrayBuffer
  try {
    chunk = await file.slice(start, end).arrayBuffer()
  } catch (cause) {
    throw new FileUnreadableError(cause)
  }
  if (chunk.byteLength !== end - start) throw new FileUnreadableError('it became shorter')
  return chunk
}

function draftOf(id: string, choice: Choice, sha256: string): Draft {
  const { file } = choice
  return {
    id,
    owner: choice.owner,
    case: choice.case,
    kind: choice.kind,
    name: file.name,
    type: file.type,
    size: file.size,
    sha256,
    capturedAt: choice.at.toISOString(),
    takenAt: file.lastModified > 0 ? new Date(file.lastModified).toISOString() : null,
    batch: choice.batch,
    declaration: choice.declaration,
    isPaused: false,
    upload: null,
    problem: null,
  }
}

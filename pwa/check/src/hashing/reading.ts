// The bytes of one file of the container, piece by piece, never more of them than it says it has.
import type { Bytes } from '../bytes.js'
import { concat } from '../bytes.js'
import { UnreadableFileError } from '../errors.js'
import type { Container, Member } from '../ports.js'
import { crc32 } from './crc.js'

const CHUNK_BYTES = 4 << 20

/** Its chunks in order; raises UnreadableFileError where it is damaged. */
export async function* chunksOf(member: Member): AsyncGenerator<Bytes> {
  let left = member.size
  let crc = 0
  try {
    for await (const chunk of member.isDeflated ? unpacked(member.blob) : stored(member.blob)) {
      const taken = chunk.length <= left ? chunk : chunk.subarray(0, left)
      left -= taken.length
      if (member.crc !== null) crc = crc32(taken, crc)
      yield taken
      if (left <= 0) break
    }
  } catch (cause) {
    throw new UnreadableFileError('broken off', { cause })
  }
  if (member.crc !== null && crc !== member.crc) throw new UnreadableFileError('another checksum')
}

/** A small file's bytes, never more than `limit` of them; raises UnreadableFileError. */
export async function readWhole(container: Container, name: string, limit: number): Promise<Bytes> {
  const member = await container.member(name)
  if (member.size > limit) throw new UnreadableFileError(`${name}: too large`)
  const parts: Bytes[] = []
  for await (const chunk of chunksOf(member)) parts.push(chunk)
  return parts.length === 1 ? (parts[0] ?? concat()) : concat(...parts)
}

async function* stored(blob: Blob): AsyncGenerator<Bytes> {
  for (let at = 0; at < blob.size; at += CHUNK_BYTES) {
    yield new Uint8Array(await blob.slice(at, at + CHUNK_BYTES).arrayBuffer())
  }
}

async function* unpacked(blob: Blob): AsyncGenerator<Bytes> {
  const reader = blob.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value as Bytes
    }
  } finally {
    await reader.cancel().catch(() => undefined) // it may have ended by itself, with its own error told above
  }
}

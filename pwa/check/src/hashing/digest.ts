// Digests of whole files, taken while they stream by: WebAssembly where the browser allows it, else JavaScript.
import { sha256 } from '@noble/hashes/sha2.js'
import { createSHA256, createSHA384, createSHA512, createSM3 } from 'hash-wasm'
import { hex } from '../bytes.js'
import { UnreadableFileError } from '../errors.js'
import type { Algorithm, Hashed, Member } from '../ports.js'
import { chunksOf } from './reading.js'

interface State {
  update(data: Uint8Array): unknown
  digest(): string
}

const MAKERS = { sha256: createSHA256, sha384: createSHA384, sha512: createSHA512, sm3: createSM3 }

/** What this browser can compute: without WebAssembly SHA-256 alone. */
export async function available(): Promise<ReadonlySet<Algorithm>> {
  try {
    await createSM3()
  } catch {
    return new Set<Algorithm>(['sha256']) // refused by policy, or missing
  }
  return new Set<Algorithm>(['sha256', 'sha384', 'sha512', 'sm3'])
}

/** Null when the file cannot be read to its end. */
export async function hashMember(
  member: Member,
  algorithms: readonly Algorithm[],
  onBytes: (bytes: number) => void,
): Promise<Hashed | null> {
  const states = new Map<Algorithm, State>()
  for (const name of algorithms) {
    const state = await begin(name)
    if (state !== null) states.set(name, state)
  }
  let size = 0
  try {
    for await (const chunk of chunksOf(member)) {
      for (const state of states.values()) state.update(chunk)
      size += chunk.length
      onBytes(chunk.length)
    }
  } catch (problem) {
    if (problem instanceof UnreadableFileError) return null
    throw problem
  }
  const digests: Partial<Record<Algorithm, string>> = {}
  for (const [name, state] of states) digests[name] = state.digest()
  return { digests, size }
}

async function begin(name: Algorithm): Promise<State | null> {
  try {
    const made = await MAKERS[name]()
    return { update: (data) => made.update(data), digest: () => made.digest('hex') }
  } catch {
    if (name !== 'sha256') return null // the caller finds no digest and says so
    const plain = sha256.create()
    return { update: (data) => plain.update(data), digest: () => hex(plain.digest()) }
  }
}

// The log's tree: verification of RFC 9162 proofs over SHA-256. Places may be beyond 2**31, so no bit operators.
import type { Bytes } from '../bytes.js'
import { equal } from '../bytes.js'
import { ProofError } from '../errors.js'
import { sha256 } from './sha.js'

const HASH_BYTES = 32
const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

export function leafHash(data: Bytes): Bytes {
  return sha256(LEAF, data)
}

/** RFC 9162 section 2.1.3.2; `leaf` is the leaf's hash. Raises ProofError. */
export function verifyInclusion(leaf: Bytes, index: number, size: number, proof: readonly Bytes[], root: Bytes): void {
  if (index < 0 || index >= size) throw new ProofError('no such leaf')
  let last = size - 1
  let position = index
  let node = leaf
  for (const sibling of proof) {
    if (last === 0 || sibling.length !== HASH_BYTES) throw new ProofError('too long, or not made of hashes')
    if (isOdd(position) || position === last) {
      node = nodeHash(sibling, node)
      while (position !== 0 && !isOdd(position)) [position, last] = [half(position), half(last)]
    } else {
      node = nodeHash(node, sibling)
    }
    ;[position, last] = [half(position), half(last)]
  }
  if (last !== 0 || !equal(node, root)) throw new ProofError('too short, or to another root')
}

/** RFC 9162 section 2.1.4.2: the older tree is the beginning of the larger one. Raises ProofError. */
export function verifyConsistency(old: { size: number; root: Bytes }, now: { size: number; root: Bytes }, proof: readonly Bytes[]): void {
  if (old.size <= 0 || old.size > now.size) throw new ProofError('no proof leads from one to the other')
  if (old.size === now.size) {
    if (proof.length > 0 || !equal(old.root, now.root)) throw new ProofError('two trees of one size')
    return
  }
  if (proof.length === 0 || proof.some((each) => each.length !== HASH_BYTES)) throw new ProofError('not made of hashes')
  const isPowerOfTwo = Number.isInteger(Math.log2(old.size)) && 2 ** Math.round(Math.log2(old.size)) === old.size
  const rest = isPowerOfTwo ? [old.root, ...proof] : [...proof]
  let position = old.size - 1
  let last = now.size - 1
  while (isOdd(position)) [position, last] = [half(position), half(last)]
  let oldNode = rest[0] as Bytes
  let node = oldNode
  for (const sibling of rest.slice(1)) {
    if (last === 0) throw new ProofError('too long')
    if (isOdd(position) || position === last) {
      oldNode = nodeHash(sibling, oldNode)
      node = nodeHash(sibling, node)
      while (position !== 0 && !isOdd(position)) [position, last] = [half(position), half(last)]
    } else {
      node = nodeHash(node, sibling)
    }
    ;[position, last] = [half(position), half(last)]
  }
  if (last !== 0 || !equal(oldNode, old.root) || !equal(node, now.root)) throw new ProofError('not its beginning')
}

function nodeHash(left: Bytes, right: Bytes): Bytes {
  return sha256(NODE, left, right)
}

function isOdd(value: number): boolean {
  return value % 2 === 1
}

function half(value: number): number {
  return Math.floor(value / 2)
}

// SHA-256 of small values, at once.
import { sha256 as noble } from '@noble/hashes/sha2.js'
import type { Bytes } from '../bytes.js'
import { concat, hex } from '../bytes.js'

export function sha256(...parts: readonly Uint8Array[]): Bytes {
  return new Uint8Array(noble(concat(...parts)))
}

export function sha256Hex(...parts: readonly Uint8Array[]): string {
  return hex(sha256(...parts))
}

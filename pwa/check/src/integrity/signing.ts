// Ed25519 within a domain, and the signed statement (docs/formats/trust.md). The strict rules of RFC 8032.
import { ed25519 } from '@noble/curves/ed25519.js'
import type { Bytes } from '../bytes.js'
import { concat, equal, unbase64, utf8 } from '../bytes.js'
import { isObject, readCanonical } from '../canonical.js'
import { FormatError, SignatureError } from '../errors.js'

export type Domain = 'liuzheng/receipt/v1' | 'liuzheng/trust/v1' | 'liuzheng/exhibits/v1' | 'liuzheng/package/v1'

/** A signed statement as read, not yet verified: `raw` is the signed text's bytes. */
export interface Statement {
  readonly raw: Bytes
  readonly signature: Bytes
  readonly fingerprint: string
}

// SubjectPublicKeyInfo of an Ed25519 key (RFC 8410): all but the 32 bytes of the key.
const ED25519_HEAD = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00)
const KEY_BYTES = 32

/** The 32 bytes of an Ed25519 key in SubjectPublicKeyInfo, null for a key of another kind. */
export function ed25519Key(spki: Bytes): Bytes | null {
  const isOne = spki.length === ED25519_HEAD.length + KEY_BYTES && equal(spki.subarray(0, ED25519_HEAD.length), ED25519_HEAD)
  return isOne ? spki.slice(ED25519_HEAD.length) : null
}

/** Whether `signature` is this key's over these bytes, whatever their form. */
export function isSigned(key: Bytes, message: Bytes, signature: Bytes): boolean {
  try {
    return ed25519.verify(signature, message, key, { zip215: false })
  } catch {
    return false // a length that no signature or key has
  }
}

/** Raises SignatureError unless `signature` is this key's over these bytes within the domain. */
export function verify(key: Bytes, domain: Domain, raw: Bytes, signature: Bytes): void {
  if (!isSigned(key, concat(utf8(`${domain}\n`), raw), signature)) throw new SignatureError(`not signed as ${domain}`)
}

/** Take a statement's file apart, strictly; raises FormatError. */
export function readStatement(data: Bytes): Statement {
  const value = readCanonical(data)
  if (!isObject(value) || Object.keys(value).sort().join() !== 'key,signature,text') throw new FormatError('no statement')
  const { key, signature, text } = value
  if (typeof text !== 'string' || typeof key !== 'string') throw new FormatError('no statement')
  return { raw: utf8(text), signature: unbase64(signature), fingerprint: key }
}

// Public keys and signature algorithms as certificates and tokens name them, and one signature checked by one key.
import { ed448 } from '@noble/curves/ed448.js'
import type { Bytes } from '../bytes.js'
import { concat } from '../bytes.js'
import { FormatError, NotHereError } from '../errors.js'
import { isSigned } from '../integrity/signing.js'
import type { DigestName, SignatureKind } from './algorithms.js'
import { DIGESTS, SIGNATURES, isDigestName } from './algorithms.js'
import type { Value } from './der.js'
import { OBJECT_IDENTIFIER, SEQUENCE, Walk, bits, integer, oid, parse, tagged } from './der.js'

const RSA = '1.2.840.113549.1.1.1'
const RSA_PSS = '1.2.840.113549.1.1.10'
const EC = '1.2.840.10045.2.1'
const ED25519 = '1.3.101.112'
const ED448 = '1.3.101.113'
const MGF1 = '1.2.840.113549.1.1.8'
const PSS_TRAILER = 1n // RFC 8017 A.2.3: the only one there is
const PSS_SALT = 20n

// Curves by name: the size of their field in bits, and what Web Crypto calls those that it computes.
const CURVES: Readonly<Record<string, { readonly bits: number; readonly name: string | null }>> = {
  '1.2.840.10045.3.1.7': { bits: 256, name: 'P-256' },
  '1.3.132.0.34': { bits: 384, name: 'P-384' },
  '1.3.132.0.35': { bits: 521, name: 'P-521' },
  '1.3.132.0.10': { bits: 256, name: null }, // secp256k1
  '1.3.36.3.3.2.8.1.1.7': { bits: 256, name: null }, // brainpool
  '1.3.36.3.3.2.8.1.1.11': { bits: 384, name: null },
  '1.3.36.3.3.2.8.1.1.13': { bits: 512, name: null },
  '1.2.840.10045.3.1.1': { bits: 192, name: null },
  '1.3.132.0.33': { bits: 224, name: null },
}
const HASH_NAMES: Readonly<Record<string, string>> = { sha1: 'SHA-1', sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' }

export type PublicKey =
  | { readonly kind: 'rsa'; readonly bits: number; readonly modulus: Bytes; readonly exponent: Bytes }
  | { readonly kind: 'ec'; readonly bits: number; readonly curve: string | null; readonly point: Bytes }
  | { readonly kind: 'ed25519' | 'ed448'; readonly point: Bytes }
  | { readonly kind: 'other' }

export interface PssParameters {
  readonly digest: string
  readonly mask: string | null // the digest of MGF1; null: another mask
  readonly salt: bigint
  readonly trailer: bigint
}

/** `kind` is null for an algorithm that is not known; `digest` null where the name says none. */
export interface SignatureAlgorithm {
  readonly kind: SignatureKind | null
  readonly digest: string | null
  readonly pss: PssParameters | null
}

export function readKey(spki: Value): PublicKey {
  const [algorithm, key] = spki.parts(SEQUENCE)
  if (algorithm === undefined || key === undefined) throw new FormatError('no public key')
  const [kind, parameters] = algorithm.parts(SEQUENCE)
  if (kind === undefined) throw new FormatError('no public key')
  const point = bits(key)
  switch (oid(kind)) {
    case RSA:
    case RSA_PSS:
      return readRsa(point)
    case EC:
      return readEc(parameters, point)
    case ED25519:
      return { kind: 'ed25519', point }
    case ED448:
      return { kind: 'ed448', point }
    default:
      return { kind: 'other' }
  }
}

export function readDigest(algorithm: Value): string {
  const [kind] = algorithm.parts(SEQUENCE)
  if (kind === undefined) throw new FormatError('no algorithm')
  const name = oid(kind)
  return DIGESTS[name] ?? name
}

export function readSignatureAlgorithm(algorithm: Value): SignatureAlgorithm {
  const [kind, parameters] = algorithm.parts(SEQUENCE)
  if (kind === undefined) throw new FormatError('no algorithm')
  const known = SIGNATURES[oid(kind)]
  if (known === undefined) return { kind: null, digest: null, pss: null }
  if (known.kind !== 'rsa-pss') return { ...known, pss: null }
  const pss = readPss(parameters)
  return { kind: 'rsa-pss', digest: pss.digest, pss }
}

/** Whether a key signed these bytes. Raises NotHereError where this browser cannot compute it. */
export async function verifySignature(
  key: PublicKey,
  how: { readonly kind: SignatureKind; readonly digest: string; readonly saltBytes: number },
  message: Bytes,
  signature: Bytes,
): Promise<boolean> {
  if (key.kind === 'ed25519') return isSigned(key.point, message, signature)
  if (key.kind === 'ed448') return isSigned448(key.point, message, signature)
  const hash = HASH_NAMES[how.digest]
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle
  if (hash === undefined || subtle === undefined) throw new NotHereError(how.digest)
  if (key.kind === 'rsa') {
    const name = how.kind === 'rsa-pss' ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5'
    const jwk = { kty: 'RSA', n: urlBase64(key.modulus), e: urlBase64(key.exponent) }
    const imported = await imports(subtle.importKey('jwk', jwk, { name, hash }, false, ['verify']))
    return subtle.verify({ name, saltLength: how.saltBytes }, imported, signature, message)
  }
  if (key.kind !== 'ec' || key.curve === null) throw new NotHereError('a curve')
  const raw = rawSignature(signature, Math.ceil(key.bits / 8))
  if (raw === null) return false
  const imported = await imports(subtle.importKey('raw', key.point, { name: 'ECDSA', namedCurve: key.curve }, false, ['verify']))
  return subtle.verify({ name: 'ECDSA', hash }, imported, raw, message)
}

/** Parameters of RSASSA-PSS that can be: MGF1 over a digest that counts, the one trailer, a salt of some size. */
export function isUsualPss(pss: PssParameters): pss is PssParameters & { readonly digest: DigestName; readonly mask: DigestName } {
  const isConstruction = pss.mask !== null && pss.trailer === PSS_TRAILER && pss.salt >= 0n && pss.salt < 1n << 16n
  return isConstruction && isDigestName(pss.digest) && pss.mask !== null && isDigestName(pss.mask)
}

async function imports(key: Promise<CryptoKey>): Promise<CryptoKey> {
  try {
    return await key
  } catch (cause) {
    throw new NotHereError('a key that this browser does not take', { cause })
  }
}

function isSigned448(key: Bytes, message: Bytes, signature: Bytes): boolean {
  try {
    return ed448.verify(signature, message, key, { zip215: false })
  } catch {
    return false // a length that no signature or key has
  }
}

function readRsa(point: Bytes): PublicKey {
  const [modulus, exponent] = parse(point).parts(SEQUENCE)
  if (modulus === undefined || exponent === undefined) throw new FormatError('no RSA key')
  const number = integer(modulus)
  if (number <= 0n || integer(exponent) <= 0n) throw new FormatError('no RSA key')
  return { kind: 'rsa', bits: number.toString(2).length, modulus: withoutZeros(modulus.content), exponent: withoutZeros(exponent.content) }
}

function readEc(parameters: Value | undefined, point: Bytes): PublicKey {
  if (parameters === undefined || parameters.tag !== OBJECT_IDENTIFIER) return { kind: 'other' }
  const curve = CURVES[oid(parameters)]
  return curve === undefined ? { kind: 'other' } : { kind: 'ec', bits: curve.bits, curve: curve.name, point }
}

/** RFC 8017 A.2.3, with its defaults. */
function readPss(parameters: Value | undefined): PssParameters {
  const walk = new Walk(parameters === undefined ? [] : parameters.parts(SEQUENCE))
  const [digest, mask, salt, trailer] = [0, 1, 2, 3].map((number) => walk.maybe(tagged(number))?.inside(number))
  walk.end()
  return {
    digest: digest === undefined ? 'sha1' : readDigest(digest),
    mask: mask === undefined ? 'sha1' : readMask(mask),
    salt: salt === undefined ? PSS_SALT : integer(salt),
    trailer: trailer === undefined ? PSS_TRAILER : integer(trailer),
  }
}

function readMask(mask: Value): string | null {
  const [kind, digest] = mask.parts(SEQUENCE)
  if (kind === undefined || digest === undefined || oid(kind) !== MGF1) return null
  return readDigest(digest)
}

/** An ECDSA signature as Web Crypto takes it: r and s, each of the field's size. Null when it is none. */
function rawSignature(der: Bytes, size: number): Bytes | null {
  try {
    const [r, s, ...more] = parse(der).parts(SEQUENCE)
    if (r === undefined || s === undefined || more.length > 0) return null
    if (integer(r) < 0n || integer(s) < 0n) return null
    const [one, other] = [withoutZeros(r.content), withoutZeros(s.content)]
    if (one.length > size || other.length > size) return null
    return concat(new Uint8Array(size - one.length), one, new Uint8Array(size - other.length), other)
  } catch (problem) {
    if (problem instanceof FormatError) return null
    throw problem
  }
}

function withoutZeros(data: Bytes): Bytes {
  const first = data.findIndex((byte) => byte !== 0)
  return first < 0 ? new Uint8Array(0) : data.slice(first)
}

function urlBase64(data: Bytes): string {
  let text = ''
  for (const byte of data) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

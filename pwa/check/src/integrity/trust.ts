// trust.json: which keys and certificates speak for a house, and from when until when (docs/formats/trust.md).
import type { Bytes } from '../bytes.js'
import { equal, unbase64 } from '../bytes.js'
import type { JsonObject, Json } from '../canonical.js'
import { isLater, isObject, readCanonical } from '../canonical.js'
import { FormatError, VersionError } from '../errors.js'
import type { Certificate } from '../stamps/certificate.js'
import { readCertificate } from '../stamps/certificate.js'
import { readTime } from '../times.js'
import { sha256Hex } from './sha.js'
import { ed25519Key, readStatement, verify } from './signing.js'

const VERSION = 1
const CERTIFIED = ['pdf_signer', 'embedded_tsa', 'ca'] as const
const PLAIN = ['log', 'manifest'] as const

export type Role = (typeof CERTIFIED)[number] | (typeof PLAIN)[number]

/** One key in one role, from `notBefore` until `notAfter` (null: still in use). */
export interface TrustEntry {
  readonly role: Role
  readonly key: Bytes | null // 32 bytes of an Ed25519 key; null for another kind
  readonly certificate: Certificate | null
  readonly notBefore: string
  readonly notAfter: string | null
}

export interface Trust {
  readonly fingerprint: string // of the house key: what stands on the paper complaint
  readonly origin: string
  readonly issuedAt: string
  readonly entries: readonly TrustEntry[]
}

/** Whether a key was in use at that time; the end itself is outside. */
export function covers(entry: TrustEntry, at: string): boolean {
  return entry.notBefore <= at && (entry.notAfter === null || at < entry.notAfter)
}

/** The keys of a role, newest first. */
export function keysOf(trust: Trust, role: Role): readonly (TrustEntry & { readonly key: Bytes })[] {
  const found = trust.entries.filter((entry): entry is TrustEntry & { readonly key: Bytes } => entry.role === role && entry.key !== null)
  return found.sort((one, other) => (one.notBefore < other.notBefore ? 1 : one.notBefore > other.notBefore ? -1 : 0))
}

/** The house's own roots. */
export function rootsOf(trust: Trust | null): readonly Certificate[] {
  return trust === null ? [] : trust.entries.flatMap((entry) => (entry.role === 'ca' && entry.certificate !== null ? [entry.certificate] : []))
}

/** Read trust.json and verify that the house key it names has signed it. Raises FormatError, VersionError, SignatureError. */
export function readTrust(raw: Bytes): Trust {
  const statement = readStatement(raw)
  const value = readCanonical(statement.raw)
  if (!isObject(value)) throw new FormatError('not a trust.json')
  if (isLater(value['v'])) throw new VersionError('a trust.json of a later version')
  if (value['v'] !== VERSION || Object.keys(value).sort().join() !== 'entries,house,issued_at,origin,v') {
    throw new FormatError('not a trust.json')
  }
  const { entries, origin } = value
  if (!Array.isArray(entries) || typeof origin !== 'string') throw new FormatError('not a trust.json')
  const house = unbase64(value['house'])
  const trust = {
    fingerprint: sha256Hex(house),
    origin,
    issuedAt: readTime(value['issued_at']),
    entries: entries.map((each: Json) => readEntry(each)),
  }
  const key = ed25519Key(house)
  if (key === null || statement.fingerprint !== trust.fingerprint) throw new FormatError('another key than the one named')
  verify(key, 'liuzheng/trust/v1', statement.raw, statement.signature)
  return trust
}

/** A fingerprint as somebody typed it, as 64 lower-case hex digits; null when it is none. */
export function plainFingerprint(text: string): string | null {
  const plain = text.replaceAll(':', '').replace(/\s+/g, '').toLowerCase()
  return /^[0-9a-f]{64}$/.test(plain) ? plain : null
}

function readEntry(value: Json): TrustEntry {
  if (!isObject(value) || Object.keys(value).sort().join() !== 'certificate,fingerprint,key,not_after,not_before,role') {
    throw new FormatError('an entry has other members')
  }
  const role = roleOf(value)
  const key = unbase64(value['key'])
  if (value['fingerprint'] !== sha256Hex(key)) throw new FormatError("an entry's fingerprint is another key's")
  const isCertified = (CERTIFIED as readonly string[]).includes(role)
  if ((value['certificate'] !== null) !== isCertified) throw new FormatError('a certificate is missing or needless')
  const certificate = value['certificate'] === null ? null : readCertificate(unbase64(value['certificate']))
  if (certificate !== null && !equal(certificate.spki, key)) throw new FormatError("an entry's certificate is for another key")
  return {
    role,
    key: ed25519Key(key),
    certificate,
    notBefore: readTime(value['not_before']),
    notAfter: value['not_after'] === null ? null : readTime(value['not_after']),
  }
}

function roleOf(value: JsonObject): Role {
  const found = [...CERTIFIED, ...PLAIN].find((role) => role === value['role'])
  if (found === undefined) throw new FormatError('a role outside the list')
  return found
}

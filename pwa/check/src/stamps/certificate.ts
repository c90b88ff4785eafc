// An X.509 certificate (RFC 5280): the parts that a time-stamp's chain is judged by.
import type { Bytes } from '../bytes.js'
import { equal, hex } from '../bytes.js'
import { sha256Hex } from '../integrity/sha.js'
import { FormatError } from '../errors.js'
import type { Value } from './der.js'
import { BIT_STRING, BOOLEAN, OCTET_STRING, SEQUENCE, Walk, bits, boolean, integer, oid, parse, tagged, time } from './der.js'
import type { PublicKey, SignatureAlgorithm } from './keys.js'
import { readKey, readSignatureAlgorithm } from './keys.js'

const BASIC_CONSTRAINTS = '2.5.29.19'
const KEY_USAGE = '2.5.29.15'
const EXTENDED_KEY_USAGE = '2.5.29.37'
const SUBJECT_KEY_IDENTIFIER = '2.5.29.14'
export const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
export const ANY_USE = '2.5.29.37.0'

// Bits of a key's usage (RFC 5280 section 4.2.1.3), the first bit highest.
const DIGITAL_SIGNATURE = 0x80
const CONTENT_COMMITMENT = 0x40
const CERTIFICATE_SIGN = 0x04

export interface Certificate {
  readonly der: Bytes
  readonly signed: Bytes // the part that the issuer signed
  readonly signature: Bytes
  readonly signatureAlgorithm: SignatureAlgorithm
  readonly serial: bigint
  readonly issuer: Bytes // name in DER
  readonly subject: Bytes
  readonly notBefore: string
  readonly notAfter: string
  readonly spki: Bytes
  readonly fingerprint: string // of the public key
  readonly key: PublicKey
  readonly critical: readonly string[] // identifiers of critical extensions
  readonly constraints: { readonly isAuthority: boolean; readonly longest: number | null } | null
  readonly usage: { readonly signs: boolean; readonly certifies: boolean } | null
  readonly purposes: { readonly isCritical: boolean; readonly list: readonly string[] } | null
  readonly keyIdentifier: Bytes | null
}

interface Extension {
  readonly isCritical: boolean
  readonly value: Bytes
}

/** One certificate in DER, read to the extensions that matter; raises FormatError. */
export function readCertificate(der: Bytes): Certificate {
  const outer = new Walk(parse(der).parts(SEQUENCE))
  const signed = outer.next()
  const algorithm = outer.next()
  const signature = bits(outer.next())
  outer.end()
  const walk = new Walk(signed.parts(SEQUENCE))
  const version = walk.maybe(tagged(0))
  const serial = integer(walk.next())
  const inner = walk.next()
  if (!equal(inner.whole, algorithm.whole)) throw new FormatError('two signature algorithms')
  const issuer = name(walk.next())
  const [begin, end] = walk.next().parts(SEQUENCE)
  const subject = name(walk.next())
  const spki = walk.next()
  walk.maybe(0x81)
  walk.maybe(0x82)
  const extensions = readExtensions(walk.maybe(tagged(3)))
  walk.end()
  if (begin === undefined || end === undefined || (version !== null && integer(version.inside(0)) > 2n)) throw new FormatError('no certificate')
  return {
    der,
    signed: signed.whole,
    signature,
    signatureAlgorithm: readSignatureAlgorithm(algorithm),
    serial,
    issuer,
    subject,
    notBefore: time(begin),
    notAfter: time(end),
    spki: spki.whole,
    fingerprint: sha256Hex(spki.whole),
    key: readKey(spki),
    critical: [...extensions].flatMap(([kind, each]) => (each.isCritical ? [kind] : [])),
    ...readKnown(extensions),
  }
}

export function isSameCertificate(one: Certificate, other: Certificate): boolean {
  return hex(one.der) === hex(other.der)
}

function name(value: Value): Bytes {
  value.parts(SEQUENCE)
  return value.whole
}

function readExtensions(tagged3: Value | null): ReadonlyMap<string, Extension> {
  const found = new Map<string, Extension>()
  for (const extension of tagged3 === null ? [] : tagged3.inside(3).parts(SEQUENCE)) {
    const walk = new Walk(extension.parts(SEQUENCE))
    const kind = oid(walk.next())
    const critical = walk.maybe(BOOLEAN)
    const value = walk.next().plain(OCTET_STRING)
    walk.end()
    if (found.has(kind)) throw new FormatError('an extension stands twice')
    found.set(kind, { isCritical: critical !== null && boolean(critical), value })
  }
  return found
}

function readKnown(extensions: ReadonlyMap<string, Extension>): Pick<Certificate, 'constraints' | 'usage' | 'purposes' | 'keyIdentifier'> {
  const [constraints, usage, purposes, identifier] = [BASIC_CONSTRAINTS, KEY_USAGE, EXTENDED_KEY_USAGE, SUBJECT_KEY_IDENTIFIER].map(
    (kind) => extensions.get(kind),
  )
  return {
    constraints: constraints === undefined ? null : readConstraints(parse(constraints.value)),
    usage: usage === undefined ? null : readUsage(parse(usage.value)),
    purposes: purposes === undefined ? null : { isCritical: purposes.isCritical, list: parse(purposes.value).parts(SEQUENCE).map(oid) },
    keyIdentifier: identifier === undefined ? null : parse(identifier.value).plain(OCTET_STRING),
  }
}

function readConstraints(value: Value): Certificate['constraints'] {
  const walk = new Walk(value.parts(SEQUENCE))
  const isAuthority = walk.maybe(BOOLEAN)
  const longest = walk.maybe(0x02)
  walk.end()
  return { isAuthority: isAuthority !== null && boolean(isAuthority), longest: longest === null ? null : Number(integer(longest)) }
}

function readUsage(value: Value): Certificate['usage'] {
  const first = value.plain(BIT_STRING)[1] ?? 0
  return { signs: (first & (DIGITAL_SIGNATURE | CONTENT_COMMITMENT)) !== 0, certifies: (first & CERTIFICATE_SIGN) !== 0 }
}

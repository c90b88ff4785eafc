// An RFC 3161 response taken apart: every value the checks need, nothing judged yet.
import type { Bytes } from '../bytes.js'
import { equal } from '../bytes.js'
import { EncodingError, FormatError, StampError } from '../errors.js'
import type { Certificate } from './certificate.js'
import { readCertificate } from './certificate.js'
import type { Value } from './der.js'
import {
  BIT_STRING,
  BOOLEAN,
  GENERALIZED_TIME,
  INTEGER,
  OCTET_STRING,
  SEQUENCE,
  SET,
  Walk,
  boolean,
  implicit,
  integer,
  oid,
  only,
  parse,
  retagged,
  setOf,
  tagged,
  time,
} from './der.js'
import type { SignatureAlgorithm } from './keys.js'
import { readDigest, readSignatureAlgorithm } from './keys.js'
import { nameForPeople, shown } from './names.js'

const MAX_RESPONSE_BYTES = 1 << 20
const MAX_CERTIFICATES = 32
const MAX_SERIAL_BITS = 160n // RFC 3161 section 2.4.2
const SIGNED_DATA = '1.2.840.113549.1.7.2'
export const TST_INFO = '1.2.840.113549.1.9.16.1.4'
const CONTENT_TYPE = '1.2.840.113549.1.9.3'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12'
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47'
// RFC 5652 section 11, RFC 5035: a second value would be one that nobody compares.
const ONE_VALUED = [CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2]
const GRANTED = [0n, 1n] // granted, grantedWithMods
const DIRECTORY_NAME = tagged(4)

/** The digest of the TSA's certificate, as the TSA signed it. */
export interface CertificateId {
  readonly algorithm: string
  readonly digest: Bytes
  readonly named: { readonly issuer: Bytes | null; readonly serial: bigint } | null // issuer null: no directory name
}

export interface Signer {
  readonly issuer: Bytes | null // null when the signer is named by key identifier
  readonly serial: bigint | null
  readonly keyIdentifier: Bytes | null
  readonly digest: string
  readonly algorithm: SignatureAlgorithm
  readonly signature: Bytes
  readonly signedBytes: readonly Bytes[] // attributes as they stand and, if that differs, in DER
  readonly contentTypes: readonly string[]
  readonly messageDigests: readonly Bytes[]
  readonly certificateIds: readonly CertificateId[]
}

export interface Response {
  readonly content: Bytes // TSTInfo in DER
  readonly imprintAlgorithm: string
  readonly imprint: Bytes
  readonly genTime: string
  readonly tsaName: string
  readonly hasCriticalExtension: boolean
  readonly certificates: readonly Certificate[]
  readonly signer: Signer
}

/** Take a response apart; raises StampError: unreadable, not DER, or not granted. */
export function readResponse(der: Bytes): Response {
  if (der.length > MAX_RESPONSE_BYTES) throw new StampError('stamp_unreadable', 'too long')
  let root: Value
  try {
    root = parse(der)
  } catch (cause) {
    throw withCause(new StampError(looksLikeResponse(der) ? 'stamp_not_der' : 'stamp_unreadable'), cause)
  }
  let found: Response | null
  try {
    found = readRoot(root)
  } catch (cause) {
    if (!(cause instanceof FormatError) && !(cause instanceof EncodingError)) throw cause
    throw withCause(new StampError('stamp_unreadable'), cause)
  }
  if (found === null) throw new StampError('stamp_not_granted')
  return found
}

function withCause(problem: StampError, cause: unknown): StampError {
  problem.cause = cause
  return problem
}

/** Bytes that begin as a response and are no DER: BER, or broken. Only the name of the reason depends on it. */
function looksLikeResponse(der: Bytes): boolean {
  return der[0] === SEQUENCE && der.length > 64
}

function readRoot(root: Value): Response | null {
  const walk = new Walk(root.parts(SEQUENCE))
  const status = new Walk(walk.next().parts(SEQUENCE))
  const code = integer(status.next())
  status.maybe(SEQUENCE)
  status.maybe(BIT_STRING)
  status.end()
  const token = walk.maybe(SEQUENCE)
  walk.end()
  if (token === null) return null
  const [kind, content] = token.parts(SEQUENCE)
  if (kind === undefined || content === undefined || oid(kind) !== SIGNED_DATA) throw new FormatError('no SignedData')
  const response = readSignedData(content.inside(0))
  return GRANTED.includes(code) ? response : null
}

function readSignedData(signed: Value): Response {
  const walk = new Walk(signed.parts(SEQUENCE))
  integer(walk.next())
  walk.next().parts(SET).forEach(readDigest)
  const [kind, tagged0] = walk.next().parts(SEQUENCE)
  if (kind === undefined || tagged0 === undefined || oid(kind) !== TST_INFO) throw new FormatError('no TSTInfo')
  const content = tagged0.inside(0).plain(OCTET_STRING)
  const certificates = readCertificates(walk.maybe(tagged(0)))
  walk.maybe(tagged(1)) // revocation lists
  const signer = readSigner(only(walk.next().parts(SET)))
  walk.end()
  return { ...readInfo(parse(content)), content, certificates, signer }
}

function readCertificates(found: Value | null): Certificate[] {
  const parts = found === null ? [] : found.parts(tagged(0))
  if (parts.length > MAX_CERTIFICATES) throw new FormatError('too many certificates')
  return parts.flatMap((part) => {
    if (part.tag !== SEQUENCE) return [] // an attribute certificate, or one of another kind
    try {
      return [readCertificate(part.whole)]
    } catch (problem) {
      if (problem instanceof FormatError || problem instanceof EncodingError) return [] // as if it were not there
      throw problem
    }
  })
}

type Info = Pick<Response, 'imprintAlgorithm' | 'imprint' | 'genTime' | 'tsaName' | 'hasCriticalExtension'>

function readInfo(info: Value): Info {
  const walk = new Walk(info.parts(SEQUENCE))
  if (integer(walk.next()) !== 1n) throw new FormatError('a TSTInfo of another version')
  oid(walk.next())
  const [algorithm, imprint] = walk.next().parts(SEQUENCE)
  const serial = integer(walk.next())
  const genTime = walk.next()
  checkAccuracy(walk.maybe(SEQUENCE))
  walk.maybe(BOOLEAN)
  const nonce = walk.maybe(INTEGER)
  const tsa = walk.maybe(tagged(0))
  const extensions = walk.maybe(tagged(1))
  walk.end()
  if (nonce !== null) integer(nonce)
  const magnitude = serial < 0n ? -serial : serial
  if (algorithm === undefined || imprint === undefined || magnitude >> MAX_SERIAL_BITS !== 0n) throw new FormatError('no TSTInfo')
  if (genTime.tag !== GENERALIZED_TIME) throw new FormatError('no GeneralizedTime')
  return {
    imprintAlgorithm: readDigest(algorithm),
    imprint: imprint.plain(OCTET_STRING),
    genTime: time(genTime),
    tsaName: tsa === null ? '' : readTsaName(tsa.inside(0)),
    hasCriticalExtension: extensions !== null && extensions.parts(tagged(1)).some(isCritical),
  }
}

function checkAccuracy(accuracy: Value | null): void {
  if (accuracy === null) return
  const walk = new Walk(accuracy.parts(SEQUENCE))
  const units: [Value | null, number][] = [
    [walk.maybe(INTEGER), INTEGER],
    [walk.maybe(implicit(0)), implicit(0)],
    [walk.maybe(implicit(1)), implicit(1)],
  ]
  walk.end()
  if (units.some(([unit, tag]) => unit !== null && integer(unit, tag) < 0n)) throw new FormatError('an accuracy below zero')
}

function readTsaName(name: Value): string {
  if (name.tag === DIRECTORY_NAME) return nameForPeople(only(name.parts(DIRECTORY_NAME)).whole)
  return shown(new TextDecoder().decode(name.content))
}

function isCritical(extension: Value): boolean {
  const critical = extension.parts(SEQUENCE)[1]
  return critical?.tag === BOOLEAN && boolean(critical)
}

function readSigner(info: Value): Signer {
  const walk = new Walk(info.parts(SEQUENCE))
  integer(walk.next())
  const named = readSignerName(walk.next())
  const digest = readDigest(walk.next())
  const attributes = walk.next()
  const algorithm = readSignatureAlgorithm(walk.next())
  const signature = walk.next().plain(OCTET_STRING)
  walk.maybe(tagged(1)) // unsigned attributes
  walk.end()
  const parts = attributes.parts(tagged(0))
  const values = readAttributes(parts)
  const [asItStands, inDer] = [retagged(attributes, SET), setOf(parts)]
  return {
    ...named,
    digest,
    algorithm,
    signature,
    signedBytes: equal(asItStands, inDer) ? [asItStands] : [asItStands, inDer],
    contentTypes: (values.get(CONTENT_TYPE) ?? []).map(oid),
    messageDigests: (values.get(MESSAGE_DIGEST) ?? []).map((each) => each.plain(OCTET_STRING)),
    certificateIds: [
      ...(values.get(SIGNING_CERTIFICATE) ?? []).map((each) => readCertificateId(each, false)),
      ...(values.get(SIGNING_CERTIFICATE_V2) ?? []).map((each) => readCertificateId(each, true)),
    ],
  }
}

function readSignerName(name: Value): Pick<Signer, 'issuer' | 'serial' | 'keyIdentifier'> {
  if (name.tag === implicit(0)) return { issuer: null, serial: null, keyIdentifier: name.content }
  const [issuer, serial] = name.parts(SEQUENCE)
  if (issuer === undefined || serial === undefined) throw new FormatError('no signer')
  issuer.parts(SEQUENCE)
  return { issuer: issuer.whole, serial: integer(serial), keyIdentifier: null }
}

function readAttributes(attributes: readonly Value[]): ReadonlyMap<string, readonly Value[]> {
  const values = new Map<string, readonly Value[]>()
  for (const attribute of attributes) {
    const [kind, set] = attribute.parts(SEQUENCE)
    if (kind === undefined || set === undefined) throw new FormatError('no attribute')
    const name = oid(kind)
    if (values.has(name)) throw new FormatError('a signed attribute stands twice')
    values.set(name, set.parts(SET))
    if (ONE_VALUED.includes(name) && set.parts(SET).length !== 1) throw new StampError('stamp_wrong_attributes')
  }
  return values
}

/** RFC 3161 section 2.4.2 and RFC 5816: the first id in each list is the signer's certificate. */
function readCertificateId(value: Value, isV2: boolean): CertificateId {
  const first = value.parts(SEQUENCE)[0]?.parts(SEQUENCE)[0]
  if (first === undefined) throw new FormatError('no certificate id')
  const walk = new Walk(first.parts(SEQUENCE))
  const algorithm = isV2 ? walk.maybe(SEQUENCE) : null
  const digest = walk.next().plain(OCTET_STRING)
  const issuerSerial = walk.maybe(SEQUENCE)
  walk.end()
  return {
    algorithm: !isV2 ? 'sha1' : algorithm === null ? 'sha256' : readDigest(algorithm),
    digest,
    named: issuerSerial === null ? null : readIssuerSerial(issuerSerial),
  }
}

function readIssuerSerial(value: Value): { issuer: Bytes | null; serial: bigint } {
  const [names, serial] = value.parts(SEQUENCE)
  if (names === undefined || serial === undefined) throw new FormatError('no issuer and serial')
  const name = only(names.parts(SEQUENCE)) // RFC 5035 section 5: one directory name
  return { issuer: name.tag === DIRECTORY_NAME ? only(name.parts(DIRECTORY_NAME)).whole : null, serial: integer(serial) }
}

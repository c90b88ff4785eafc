// What the person who checks brings along: house keys' fingerprints and lists, roots of outside TSAs, a day.
// Roots come from this page's own dated list or from the person; never from a package.
import type { Bytes } from '../bytes.js'
import { textOf, unbase64 } from '../bytes.js'
import { EncodingError, FormatError, SignatureError, TrustArgumentError, VersionError } from '../errors.js'
import { sha256Hex } from '../integrity/sha.js'
import type { Trust } from '../integrity/trust.js'
import { plainFingerprint, readTrust } from '../integrity/trust.js'
import type { Certificate } from '../stamps/certificate.js'
import { readCertificate } from '../stamps/certificate.js'
import type { Token } from '../stamps/token.js'
import { fromDate } from '../times.js'

export const MAX_FILE_BYTES = 4 * 1024 * 1024
const BEGIN = '-----BEGIN CERTIFICATE-----'
const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/g
const LIST_MEMBERS = 'as_of,note,roots,v'
const ROOT_MEMBERS = 'certificate,collected_on,name,sha256,source,until'
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** A dated list of roots of outside TSAs (docs/verify.md, "Whose roots"). */
export interface RootList {
  readonly asOf: string
  readonly certificates: readonly Certificate[]
}

export interface Trusted {
  readonly houses: ReadonlySet<string>
  readonly given: readonly Certificate[] // roots, one by one
  readonly listed: RootList
  readonly lists: readonly Trust[]
  readonly moment: string // as of which stamps are judged
}

export interface Brought {
  readonly fingerprints: readonly string[] // as typed
  readonly files: readonly Bytes[] // a trust.json or a PEM of roots each
  readonly roots: RootList
  readonly at: Date
}

/** Raises TrustArgumentError when something is nothing of the kind. */
export function trustedOf(brought: Brought): Trusted {
  const houses = new Set<string>()
  const given: Certificate[] = []
  const lists: Trust[] = []
  for (const typed of brought.fingerprints) {
    const plain = plainFingerprint(typed)
    if (plain === null) throw new TrustArgumentError('no fingerprint')
    houses.add(plain)
  }
  for (const data of brought.files) {
    if (data.length > MAX_FILE_BYTES) throw new TrustArgumentError('too large')
    const text = new TextDecoder('latin1').decode(data)
    if (text.includes(BEGIN)) given.push(...certificatesOf(text))
    else lists.push(listOf(data))
  }
  for (const list of lists) houses.add(list.fingerprint)
  return { houses, given, lists, listed: brought.roots, moment: fromDate(brought.at) }
}

/** A list of roots; raises TrustArgumentError where one of them is not the certificate that it is said to be. */
export function readRoots(data: Bytes): RootList {
  try {
    if (data.length > MAX_FILE_BYTES) throw new FormatError('too large')
    const value = JSON.parse(textOf(data)) as { v: unknown; as_of: unknown; roots: unknown }
    const isList = value.v === 1 && Object.keys(value).sort().join() === LIST_MEMBERS && Array.isArray(value.roots)
    if (!isList || !isDay(value.as_of)) throw new FormatError('no list of roots')
    return { asOf: value.as_of, certificates: (value.roots as unknown[]).map(rootOf) }
  } catch (cause) {
    throw new TrustArgumentError('no list of roots', { cause })
  }
}

/** Every root of an outside TSA that counts. */
export function allRoots(trusted: Trusted): readonly Certificate[] {
  return [...trusted.given, ...trusted.listed.certificates]
}

/** A package's list of keys, or a later one of the same house that was given. */
export function newest(trusted: Trusted, own: Trust): Trust {
  return trusted.lists
    .filter((each) => each.fingerprint === own.fingerprint)
    .reduce((latest, each) => (each.issuedAt > latest.issuedAt ? each : latest), own)
}

/** Whether the root of an outside token was given one by one, and is not just listed. */
export function wasGiven(trusted: Trusted, token: Token): boolean {
  return trusted.given.some((each) => each.fingerprint === token.root)
}

function listOf(data: Bytes): Trust {
  try {
    return readTrust(data)
  } catch (cause) {
    const isNone = [FormatError, VersionError, SignatureError, EncodingError].some((kind) => cause instanceof kind)
    if (!isNone) throw cause
    throw new TrustArgumentError('neither a trust.json nor a PEM of certificates', { cause })
  }
}

function certificatesOf(pem: string): Certificate[] {
  try {
    const found = [...pem.matchAll(PEM)].map(([, body = '']) => readCertificate(unbase64(body.replace(/\s+/g, ''))))
    if (found.length === 0) throw new FormatError('no certificate')
    return found
  } catch (cause) {
    throw new TrustArgumentError('a PEM that holds no certificate', { cause })
  }
}

function rootOf(entry: unknown): Certificate {
  const root = entry as Readonly<Record<string, unknown>>
  if (Object.keys(root).sort().join() !== ROOT_MEMBERS || !root['source'] || !isDay(root['collected_on'])) throw new FormatError('no root with its source')
  const [certificate, ...more] = certificatesOf(String(root['certificate']))
  if (certificate === undefined || more.length > 0 || sha256Hex(certificate.der) !== root['sha256']) throw new FormatError('another certificate')
  if (certificate.notAfter.slice(0, 10) !== root['until']) throw new FormatError('valid until another day')
  return certificate
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && DAY.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`))
}

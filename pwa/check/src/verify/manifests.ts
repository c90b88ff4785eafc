// Checks 1 to 3: keys, manifests and their signatures. Signatures come before meaning.
import type { Bytes } from '../bytes.js'
import { EncodingError, FormatError, SignatureError, VersionError } from '../errors.js'
import type { ExhibitEntry, Format } from '../formats.js'
import * as formats from '../formats.js'
import { sha256Hex } from '../integrity/sha.js'
import type { Domain } from '../integrity/signing.js'
import { verify } from '../integrity/signing.js'
import type { TrustEntry } from '../integrity/trust.js'
import { covers, keysOf, readTrust } from '../integrity/trust.js'
import * as layout from '../layout.js'
import type { Subject } from './subject.js'
import { MANIFEST_BYTES } from './subject.js'
import { newest } from './trusted.js'

/** trust.json: signed by the house key that it names; and is that the house we were told of? */
export async function checkTrust(subject: Subject): Promise<void> {
  const { ledger, trusted } = subject
  const raw = await subject.read(layout.TRUST)
  if (raw === null) return ledger.missing('signer', 'file-missing', layout.TRUST)
  try {
    // A later list of the same house may say that a key had ended by then.
    subject.trust = newest(trusted, readTrust(raw))
  } catch (problem) {
    if (problem instanceof VersionError) return ledger.cannot('signer', 'version', layout.TRUST)
    if (!isOdd(problem)) throw problem
    return ledger.changed('signer', 'trust-broken', layout.TRUST)
  }
  const { fingerprint } = subject.trust
  if (trusted.houses.size === 0) {
    ledger.unknown('signer', 'signer-unknown', null, { fingerprint })
    ledger.notProved('signer')
  } else if (trusted.houses.has(fingerprint)) {
    ledger.signerKnown = true
    ledger.passed('signer', 'signer-known', null, { fingerprint })
  } else {
    ledger.changed('signer', 'signer-foreign', layout.TRUST, { fingerprint })
  }
}

interface Head {
  readonly built_at: string
  readonly house: string
}

/** One manifest: its signature over the stored bytes first, then its form. Null: unusable. */
export async function checkManifest<T extends Head>(
  path: string,
  raw: Bytes,
  format: Format<T>,
  domain: Domain,
  subject: Subject,
): Promise<T | null> {
  const { ledger } = subject
  const signers = await findSigners(path, raw, domain, subject)
  const isUnsigned = signers !== null && signers.length === 0
  if (signers !== null && !isUnsigned) subject.signed.add(path)
  let value: T
  try {
    value = formats.read(raw, format)
  } catch (problem) {
    if (problem instanceof VersionError) {
      if (!isUnsigned) ledger.cannot('manifests', 'version', path)
    } else if (!isOdd(problem)) {
      throw problem
    } else if (isUnsigned) {
      ledger.changed('manifests', 'manifest-broken', path)
    } else {
      ledger.cannot('manifests', 'manifest-unreadable', path)
    }
    return null
  }
  if (signers !== null && !isUnsigned && !signers.some((entry) => covers(entry, value.built_at))) {
    ledger.changed('signatures', 'key-not-in-use', path)
  }
  if (subject.trust !== null && value.house !== subject.trust.fingerprint) ledger.changed('signatures', 'house-other', path)
  return value
}

/** The house's manifest keys that signed these bytes; null: not known. */
async function findSigners(path: string, raw: Bytes, domain: Domain, subject: Subject): Promise<TrustEntry[] | null> {
  const { ledger, trust } = subject
  const signature = await subject.read(path + layout.SIGNATURE)
  if (signature === null) {
    ledger.missing('signatures', 'signature-missing', path + layout.SIGNATURE)
    return null
  }
  if (trust === null) {
    ledger.cannot('signatures', 'no-keys', path)
    return null
  }
  const found = keysOf(trust, 'manifest').filter(({ key }) => {
    try {
      verify(key, domain, raw, signature)
      return true
    } catch (problem) {
      if (problem instanceof SignatureError) return false // another's
      throw problem
    }
  })
  if (found.length > 0) ledger.passed('signatures', 'signature', path)
  else ledger.changed('signatures', 'signature-wrong', path)
  return found
}

/** The two manifests and the files they name agree with each other. */
export function checkTogether(subject: Subject, exhibitsRaw: Bytes): void {
  const { ledger, package: whole, exhibits } = subject
  if (whole === null || exhibits === null) return
  if (whole.exhibits_sha256 !== sha256Hex(exhibitsRaw)) ledger.changed('manifests', 'exhibits-other', layout.EXHIBITS)
  const [one, other] = [whole, exhibits] as unknown as Readonly<Record<string, unknown>>[]
  for (const member of ['case', 'built_at', 'language', 'sample', 'house']) {
    if (one?.[member] !== other?.[member]) ledger.changed('manifests', 'manifests-differ', layout.PACKAGE, { member })
  }
  const listed = new Map(whole.files.map((file) => [file.path, file]))
  for (const exhibit of exhibits.exhibits) {
    const file = listed.get(exhibit.path)
    if (file?.sha256 !== exhibit.sha256 || file.size !== exhibit.size) ledger.changed('manifests', 'exhibit-unlisted', exhibit.path)
    for (const path of namedBy(exhibit)) if (!listed.has(path)) ledger.changed('manifests', 'exhibit-unlisted', path)
  }
  if (listed.size !== whole.files.length) ledger.changed('manifests', 'listed-twice', layout.PACKAGE)
  if (subject.signed.has(layout.PACKAGE) && subject.signed.has(layout.EXHIBITS)) {
    ledger.passed('manifests', 'manifests', null, { count: exhibits.exhibits.length })
  }
}

/** What phone and file say of themselves is signed as it was told, never as true. */
export function sayWhatIsClaimed(subject: Subject): void {
  if (subject.eachExhibit().some(({ provenance }) => Object.hasOwn(provenance, 'statement'))) subject.ledger.notProved('provenance')
}

export function readManifest(subject: Subject, path: string): Promise<Bytes | null> {
  return subject.read(path, MANIFEST_BYTES)
}

/** Bytes that are not the format, or not signed: the reader refused them by name. */
export function isOdd(problem: unknown): boolean {
  return problem instanceof FormatError || problem instanceof EncodingError || problem instanceof SignatureError
}

/** Every file that an exhibit's entry names besides its own. */
function namedBy(exhibit: ExhibitEntry): string[] {
  return [
    ...exhibit.custody,
    ...exhibit.copies,
    ...exhibit.tokens.map((token) => token.path),
    ...(exhibit.receipt === null ? [] : [exhibit.receipt.path, exhibit.receipt.signature]),
    ...(exhibit.records === null ? [] : [exhibit.records]),
    ...(exhibit.parent === null ? [] : exhibit.parent.events),
  ]
}

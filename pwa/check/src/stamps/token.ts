// One RFC 3161 response judged as of the time that it states (docs/formats/timestamp.md, "What is checked").
import { sha1 } from '@noble/hashes/legacy.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import type { Bytes } from '../bytes.js'
import { equal } from '../bytes.js'
import { NotHereError, StampError } from '../errors.js'
import type { SignatureKind } from './algorithms.js'
import { isDigestName } from './algorithms.js'
import type { Certificate } from './certificate.js'
import { TIME_STAMPING } from './certificate.js'
import type { Chain } from './chain.js'
import { algorithmsOf, findChain, isValidAt } from './chain.js'
import { isUsualPss, verifySignature } from './keys.js'
import { isSameName, nameForPeople } from './names.js'
import type { Response, Signer } from './response.js'
import { TST_INFO, readResponse } from './response.js'

const MIN_RSA_BITS = 2048
const MAX_RSA_BITS = 16384
const MIN_CURVE_BITS = 256
const IMPRINTS: Readonly<Record<number, string>> = { 32: 'sha256', 48: 'sha384', 64: 'sha512' }
// SHA-1 is enough for an id: it picks a certificate, it does not carry the proof.
const HASHES: Readonly<Record<string, (data: Uint8Array) => Uint8Array>> = { sha1, sha256, sha384, sha512 }

/** Where the chain of a token ends: at a stranger's root that was given, at the house's own, at neither. */
export type Anchor = 'given' | 'own' | 'elsewhere'

export interface Token {
  readonly genTime: string
  readonly tsaName: string
  readonly validUntil: string // the first end of a certificate in its chain
  readonly root: string // fingerprint of the last key of the chain
  readonly algorithms: readonly string[]
  readonly anchor: Anchor
}

export interface Roots {
  readonly given: readonly Certificate[]
  readonly own: readonly Certificate[]
}

export function isSelfIssued(token: Token): boolean {
  return token.anchor !== 'given'
}

/** Raises StampError with the reason, or NotHereError. */
export async function verifyResponse(der: Bytes, digest: Bytes, roots: Roots): Promise<Token> {
  // The order of the checks, and so the reason that is named, is that of docs/formats/timestamp.md.
  const response = readResponse(der)
  const { signer, genTime } = response
  if (response.imprintAlgorithm !== IMPRINTS[digest.length] || !equal(response.imprint, digest)) throw new StampError('stamp_wrong_imprint')
  if (response.hasCriticalExtension) throw new StampError('stamp_unknown_extension')
  const certificate = findCertificate(response)
  checkCertificateIds(signer, certificate)
  checkUsage(certificate)
  await checkSignature(signer, response.content, certificate)
  const [anchor, chain] = await findAnchor(certificate, response.certificates, roots, genTime)
  return {
    genTime,
    tsaName: response.tsaName === '' ? nameForPeople(certificate.subject) : response.tsaName,
    validUntil: chain.reduce((first, each) => (each.notAfter < first ? each.notAfter : first), certificate.notAfter),
    root: (chain[chain.length - 1] as Certificate).fingerprint,
    algorithms: [response.imprintAlgorithm, ...signedOver(signer), ...algorithmsOf(chain)],
    anchor,
  }
}

function findCertificate({ signer, certificates }: Response): Certificate {
  const found = certificates.find((each) => {
    if (signer.keyIdentifier !== null) return each.keyIdentifier !== null && equal(signer.keyIdentifier, each.keyIdentifier)
    return each.serial === signer.serial && signer.issuer !== null && isSameName(signer.issuer, each.issuer)
  })
  if (found === undefined) throw new StampError('stamp_certificate_missing')
  return found
}

/** The signed ids (RFC 3161 section 2.4.2, RFC 5816) name this certificate, or it was exchanged. */
function checkCertificateIds(signer: Signer, certificate: Certificate): void {
  if (signer.certificateIds.length === 0) throw new StampError('stamp_wrong_certificate_id')
  for (const { algorithm, digest, named } of signer.certificateIds) {
    const hash = Object.hasOwn(HASHES, algorithm) ? HASHES[algorithm] : undefined
    if (hash === undefined) throw new StampError('stamp_weak_or_unknown_algorithm')
    if (!equal(hash(certificate.der), digest)) throw new StampError('stamp_wrong_certificate_id')
    if (named === null) continue
    const isThis = named.serial === certificate.serial && named.issuer !== null && isSameName(named.issuer, certificate.issuer)
    if (!isThis) throw new StampError('stamp_wrong_certificate_id')
  }
}

/** RFC 3161 section 2.3: extended key usage critical and time-stamping alone. */
function checkUsage({ purposes, usage }: Certificate): void {
  const isForStamps = purposes !== null && purposes.isCritical && purposes.list.length === 1 && purposes.list[0] === TIME_STAMPING
  if (!isForStamps || (usage !== null && !usage.signs)) throw new StampError('stamp_wrong_usage')
}

async function checkSignature(signer: Signer, content: Bytes, certificate: Certificate): Promise<void> {
  if (!isDigestName(signer.digest)) throw weak()
  const digest = HASHES[signer.digest]?.(content)
  const [type, ...more] = signer.contentTypes
  if (type !== TST_INFO || more.length > 0) throw new StampError('stamp_wrong_attributes')
  const [told, ...others] = signer.messageDigests
  if (told === undefined || digest === undefined || others.length > 0 || !equal(told, digest)) throw new StampError('stamp_wrong_attributes')
  const how = schemeOf(signer, certificate)
  for (const signed of signer.signedBytes) {
    if (await verifySignature(certificate.key, how, signed, signer.signature)) return
  }
  throw new StampError('stamp_wrong_signature')
}

function schemeOf(signer: Signer, { key }: Certificate): { kind: SignatureKind; digest: string; saltBytes: number } {
  const { kind, digest, pss } = signer.algorithm
  if (key.kind === 'rsa') {
    if (key.bits < MIN_RSA_BITS || key.bits > MAX_RSA_BITS) throw weak()
    if (pss !== null) {
      if (!isUsualPss(pss)) throw weak()
      if (pss.mask !== pss.digest) throw new NotHereError('RSA-PSS with two digests')
      return { kind: 'rsa-pss', digest: pss.digest, saltBytes: Number(pss.salt) }
    }
    if (kind !== 'rsa') throw weak()
  } else if (key.kind === 'ec') {
    if (key.bits < MIN_CURVE_BITS || kind !== 'ecdsa') throw weak()
  } else if (key.kind === 'other' || kind !== key.kind) {
    throw weak()
  } else {
    return { kind, digest: '', saltBytes: 0 }
  }
  // Of the signature's own name where it says one, else of the signer's digest algorithm.
  const over = digest ?? signer.digest
  if (!isDigestName(over)) throw weak()
  return { kind, digest: over, saltBytes: 0 }
}

/** Own roots first: a house cannot be its own stranger, even if somebody lists its root. */
async function findAnchor(certificate: Certificate, between: readonly Certificate[], roots: Roots, at: string): Promise<[Anchor, Chain]> {
  for (const anchor of ['own', 'given'] as const) {
    try {
      return [anchor, await findChain(certificate, between, roots[anchor], at)]
    } catch (problem) {
      if (!(problem instanceof StampError) || problem.code !== 'stamp_chain_unknown') throw problem
    }
  }
  if (!isValidAt(certificate, at)) throw new StampError('stamp_certificate_not_valid_then')
  return ['elsewhere', [certificate]]
}

function signedOver({ digest, algorithm }: Signer): string[] {
  const isEdwards = algorithm.kind === 'ed25519' || algorithm.kind === 'ed448'
  return isEdwards || algorithm.digest === null ? [digest] : [digest, algorithm.digest]
}

function weak(): StampError {
  return new StampError('stamp_weak_or_unknown_algorithm')
}

// From a certificate up to a given root, as of a given time (RFC 5280 section 6, what a token needs of it).
// No revocation here: a token is judged by what was valid when it was made.
import { equal } from '../bytes.js'
import { StampError, NotHereError } from '../errors.js'
import { isDigestName } from './algorithms.js'
import type { Certificate } from './certificate.js'
import { ANY_USE, TIME_STAMPING, isSameCertificate } from './certificate.js'
import type { PublicKey } from './keys.js'
import { isUsualPss, verifySignature } from './keys.js'

const MAX_LENGTH = 8
const MAX_STEPS = 400 // signatures tried on the way up: crossed certificates would lead round for ever
const MIN_RSA_BITS = 2048
const MIN_CURVE_BITS = 256
const UNDERSTOOD = ['2.5.29.19', '2.5.29.15', '2.5.29.37', '2.5.29.17', '2.5.29.32']

export type Chain = readonly [Certificate, ...Certificate[]]

/** The certificates from the leaf to a root, all valid at that time. Raises StampError, NotHereError. */
export async function findChain(
  leaf: Certificate,
  between: readonly Certificate[],
  roots: readonly Certificate[],
  at: string,
): Promise<Chain> {
  let failure: StampError | null = null
  for await (const chain of ways(leaf, between, roots)) {
    try {
      checkChain(chain, at)
      return chain
    } catch (problem) {
      if (!(problem instanceof StampError)) throw problem
      failure ??= problem
    }
  }
  throw failure ?? new StampError('stamp_chain_unknown', 'it ends at no given root')
}

/** The ways up, shortest first; no certificate twice in one. */
async function* ways(leaf: Certificate, between: readonly Certificate[], roots: readonly Certificate[]): AsyncGenerator<Chain> {
  const begun: Chain[] = [[leaf]]
  let steps = 0
  for (let way = begun.shift(); way !== undefined; way = begun.shift()) {
    const top = way[way.length - 1] as Certificate
    if (isAmong(top, roots)) {
      yield way
      continue
    }
    for (const issuer of [...roots, ...between]) {
      if (isAmong(issuer, way) || !equal(issuer.subject, top.issuer) || way.length >= MAX_LENGTH) continue
      if (++steps > MAX_STEPS) return
      if (mayIssue(issuer) && (await isIssuedBy(top, issuer))) begun.push([...way, issuer])
    }
  }
}

function isAmong(one: Certificate, list: readonly Certificate[]): boolean {
  return list.some((each) => isSameCertificate(each, one))
}

async function isIssuedBy(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  const { kind, digest, pss } = certificate.signatureAlgorithm
  if (kind === null || !fits(kind, issuer.key)) return false
  if (pss !== null && (!isUsualPss(pss) || pss.mask !== pss.digest)) throw new NotHereError('an RSA-PSS certificate of two digests')
  const how = { kind, digest: digest ?? '', saltBytes: pss === null ? 0 : Number(pss.salt) }
  return verifySignature(issuer.key, how, certificate.signed, certificate.signature)
}

function fits(kind: string, key: PublicKey): boolean {
  if (key.kind === 'rsa') return kind === 'rsa' || kind === 'rsa-pss'
  return key.kind === 'ec' ? kind === 'ecdsa' : key.kind === kind
}

/** A CA by its basic constraints and, where it says what its key is for, by key usage. */
function mayIssue(issuer: Certificate): boolean {
  return issuer.constraints !== null && issuer.constraints.isAuthority && (issuer.usage === null || issuer.usage.certifies)
}

function checkChain(chain: Chain, at: string): void {
  chain.forEach((certificate, height) => {
    const isRoot = height === chain.length - 1 // its own signature proves nothing and is not asked
    if (!isValidAt(certificate, at)) throw new StampError('stamp_certificate_not_valid_then')
    const { digest } = certificate.signatureAlgorithm
    if (!isRoot && (digest === 'md5' || digest === 'sha1')) throw new StampError('stamp_weak_or_unknown_algorithm')
    if (!isStrong(certificate.key)) throw new StampError('stamp_weak_or_unknown_algorithm')
    if (certificate.critical.some((kind) => !UNDERSTOOD.includes(kind))) throw new StampError('stamp_chain_unknown')
    if (height > 0 && !isRoot && !mayLeadToStamps(certificate)) throw new StampError('stamp_wrong_usage')
    const longest = certificate.constraints?.longest ?? null
    if (height > 0 && longest !== null && height - 1 > longest) throw new StampError('stamp_chain_unknown')
  })
}

export function isValidAt(certificate: Certificate, at: string): boolean {
  return certificate.notBefore <= at && at <= certificate.notAfter
}

function isStrong(key: PublicKey): boolean {
  if (key.kind === 'rsa') return key.bits >= MIN_RSA_BITS
  return key.kind !== 'ec' || key.bits >= MIN_CURVE_BITS
}

/** A CA that is confined to other uses (a web server's) cannot make a TSA. */
function mayLeadToStamps({ purposes }: Certificate): boolean {
  return purposes === null || purposes.list.some((each) => each === TIME_STAMPING || each === ANY_USE)
}

/** What a chain stands on, as algorithms.json names it. */
export function algorithmsOf(chain: Chain): string[] {
  const keys = chain.map(({ key }) => {
    if (key.kind === 'rsa') return key.bits >= 3072 ? 'rsa-3072' : 'rsa-2048'
    return key.kind === 'ec' ? 'ecdsa-256' : key.kind === 'ed448' ? 'ed448' : 'ed25519'
  })
  const digests = chain.slice(0, -1).flatMap(({ signatureAlgorithm }) => signatureAlgorithm.digest ?? [])
  return [...keys, ...digests.filter((name) => isDigestName(name) || name === 'sha224')]
}

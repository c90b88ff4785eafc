// Algorithms of signatures by their object identifiers, and until when a proof may stand on each.
import list from '../../../../evidence/integrity/algorithms.json'
import { endOfDay } from '../times.js'

export type DigestName = 'sha256' | 'sha384' | 'sha512'

export const DIGESTS: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.5': 'md5',
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

export type SignatureKind = 'rsa' | 'rsa-pss' | 'ecdsa' | 'ed25519' | 'ed448'

/** The kind of a signature and the digest that its name says; null where it says none. */
export const SIGNATURES: Readonly<Record<string, { readonly kind: SignatureKind; readonly digest: string | null }>> = {
  '1.2.840.113549.1.1.1': { kind: 'rsa', digest: null },
  '1.2.840.113549.1.1.4': { kind: 'rsa', digest: 'md5' },
  '1.2.840.113549.1.1.5': { kind: 'rsa', digest: 'sha1' },
  '1.2.840.113549.1.1.14': { kind: 'rsa', digest: 'sha224' },
  '1.2.840.113549.1.1.11': { kind: 'rsa', digest: 'sha256' },
  '1.2.840.113549.1.1.12': { kind: 'rsa', digest: 'sha384' },
  '1.2.840.113549.1.1.13': { kind: 'rsa', digest: 'sha512' },
  '1.2.840.113549.1.1.10': { kind: 'rsa-pss', digest: null },
  '1.2.840.10045.4.1': { kind: 'ecdsa', digest: 'sha1' },
  '1.2.840.10045.4.3.1': { kind: 'ecdsa', digest: 'sha224' },
  '1.2.840.10045.4.3.2': { kind: 'ecdsa', digest: 'sha256' },
  '1.2.840.10045.4.3.3': { kind: 'ecdsa', digest: 'sha384' },
  '1.2.840.10045.4.3.4': { kind: 'ecdsa', digest: 'sha512' },
  '1.3.101.112': { kind: 'ed25519', digest: null },
  '1.3.101.113': { kind: 'ed448', digest: null },
}

const LONG_AGO = '0001-01-01T00:00:00.000000Z'
const ENDS: Readonly<Record<string, { readonly end: string | null }>> = list.ends

/** When the first of these ends; null while no end of any is announced. What the list does not know ended long ago. */
export function firstEnd(names: Iterable<string>): string | null {
  let first: string | null = null
  for (const name of names) {
    const known = Object.hasOwn(ENDS, name) ? ENDS[name] : undefined
    const end = known === undefined ? LONG_AGO : known.end === null ? null : endOfDay(known.end)
    if (end !== null && (first === null || end < first)) first = end
  }
  return first
}

export function isDigestName(name: string): name is DigestName {
  return name === 'sha256' || name === 'sha384' || name === 'sha512'
}

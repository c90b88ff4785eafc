// Check 7: every time-stamp token in full, as of the time it states; and what is left of it now.
import type { ExhibitEntry, TokenEntry } from '../formats.js'
import { rootsOf } from '../integrity/trust.js'
import * as layout from '../layout.js'
import type { Link, Stamp } from '../stamps/renewal.js'
import { judge } from '../stamps/renewal.js'
import type { Token } from '../stamps/token.js'
import { isSelfIssued } from '../stamps/token.js'
import { second, told } from '../times.js'
import type { Subject } from './subject.js'
import { allRoots, wasGiven } from './trusted.js'
import type { Values } from './verdict.js'

const MOST_STAMPS = 1000 // announced by a manifest that somebody else may have written

/** Tokens over the manifests, over each exhibit, over the log's checkpoints. */
export async function checkTokens(subject: Subject): Promise<void> {
  const { ledger } = subject
  let outside = await checkManifests(subject)
  for (const exhibit of subject.eachExhibit()) {
    if (exhibit.tokens.length === 0) {
      ledger.unknown('tokens', 'token-none', exhibit.path)
      ledger.notProved('time', { exhibit: exhibit.number })
    }
    const links = await checkStated(subject, exhibit.tokens, exhibit.path, exhibit.sha256)
    outside += ofStrangers(links).length
    checkSealedAt(subject, exhibit, links)
  }
  for (const [path, stated] of checkpoints(subject)) {
    const links = await checkStated(subject, stated, path, subject.digests.get(path)?.sha256 ?? null)
    const strangers = ofStrangers(links)
    subject.stamped.set(path, strangers)
    outside += strangers.length
  }
  if (outside === 0) ledger.notProved('outside-time')
}

/** The tokens over both manifests; how many are strangers'. */
async function checkManifests(subject: Subject): Promise<number> {
  const whole = subject.package
  if (whole === null) return 0
  let outside = 0
  const numbers = Array.from({ length: Math.min(whole.stamps, MOST_STAMPS) }, (_, index) => index + 1)
  for (const of of [layout.EXHIBITS, layout.PACKAGE]) {
    const paths = numbers.map((number) => layout.manifestTokenPath(of, number))
    outside += ofStrangers(await judgePaths(subject, paths, of, subject.digests.get(of)?.sha256 ?? null)).length
  }
  const announced = new Set(numbers.map((number) => layout.manifestTokenPath(layout.PACKAGE, number)))
  for (const path of subject.digests.keys()) {
    if (layout.PACKAGE_TOKENS.test(path) && !announced.has(path)) subject.ledger.changed('files', 'file-planted', path)
  }
  return outside
}

/** The outside tokens that still count as such. */
function ofStrangers(links: readonly (Link | null)[]): Token[] {
  return links.flatMap((link) => {
    const stands = link !== null && (link.outside === 'current' || link.outside === 'renewed')
    return stands && link.token !== null && !isSelfIssued(link.token) ? [link.token] : []
  })
}

/** Every checkpoint of the log in the package, with what is stated of its tokens. */
function checkpoints(subject: Subject): [string, readonly TokenEntry[]][] {
  const log = subject.exhibits?.log ?? null
  const main: [string, readonly TokenEntry[]][] = log === null ? [] : [[log.checkpoint, log.tokens]]
  return [...main, ...(subject.history?.checkpoints ?? []).map((point): [string, readonly TokenEntry[]] => [point.path, point.tokens])]
}

/** Tokens that a manifest describes: the description must be the token's own. */
async function checkStated(
  subject: Subject,
  stated: readonly TokenEntry[],
  of: string,
  digest: string | null,
): Promise<readonly (Link | null)[]> {
  const links = await judgePaths(subject, stated.map(({ path }) => path), of, digest)
  stated.forEach((said, index) => {
    const token = links[index]?.token ?? null
    if (token !== null) checkDescription(subject, said, token)
  })
  return links
}

function checkDescription({ ledger }: Subject, said: TokenEntry, token: Token): void {
  if (second(said.gen_time) !== second(token.genTime)) ledger.changed('tokens', 'token-other-time', said.path)
  if (said.self_issued) return
  if (token.anchor === 'own') {
    ledger.changed('tokens', 'token-posing', said.path)
  } else if (token.anchor === 'elsewhere') {
    ledger.unknown('tokens', 'token-elsewhere', said.path)
    ledger.notProved('elsewhere', { path: said.path })
  }
}

/** Every stamp over one subject, together: one may renew another. Null where one is missing. */
async function judgePaths(
  subject: Subject,
  paths: readonly string[],
  of: string,
  digest: string | null,
): Promise<readonly (Link | null)[]> {
  const there = new Map<string, Stamp>()
  for (const path of digest === null ? [] : paths) {
    const stamp = await stampAt(subject, path)
    if (stamp !== null) there.set(path, stamp)
  }
  for (const path of paths) if (!there.has(path)) subject.ledger.missing('tokens', 'file-missing', path)
  const links = await judge(
    [...there.values()],
    async (name) => (name === 'sha256' ? digest : subject.hashAnew(of, name)),
    subject.trusted.moment,
    { given: allRoots(subject.trusted), own: rootsOf(subject.trust) },
  )
  const judged = new Map([...there.keys()].map((path, index) => [path, links[index] as Link]))
  for (const [path, link] of judged) sayLink(subject, path, link)
  return paths.map((path) => judged.get(path) ?? null)
}

/** A response, with the renewal text beside it where it is over one. */
async function stampAt(subject: Subject, path: string): Promise<Stamp | null> {
  const response = await subject.read(path)
  const textPath = path + layout.RENEWAL
  const renewal = subject.digests.has(textPath) ? await subject.read(textPath) : null
  return response === null ? null : { response, renewal }
}

/** Whether a stamp holds, by whose root, or that its strength ended and nothing renewed it. */
function sayLink({ ledger, trusted }: Subject, path: string, link: Link): void {
  const { token, code } = link
  if (link.state === 'unknown') return ledger.cannot('tokens', 'renewal-unknown', path, { code })
  if (link.state === 'not_here') return ledger.cannot('tokens', 'token-not-here', path, { code })
  if (link.state === 'failed' || token === null) return ledger.changed('tokens', 'token-wrong', path, { code })
  const values = { ...toldOf(token), list: trusted.listed.asOf }
  if (link.state === 'lapsed') {
    const until = (link.strongUntil ?? '').slice(0, 10)
    ledger.unknown('tokens', 'token-lapsed', path, { ...values, until })
    ledger.notProved('lapsed', { path, until })
    return
  }
  const outside = wasGiven(trusted, token) ? 'token-outside' : 'token-outside-listed'
  ledger.passed('tokens', isSelfIssued(token) ? 'token-self' : outside, path, values)
}

/** Time and TSA for a line of the verdict. */
export function toldOf(token: Token): Values {
  return { at: told(token.genTime), tsa: token.tsaName }
}

/** The sealed time that is printed is one that a token states. */
function checkSealedAt(subject: Subject, exhibit: ExhibitEntry, links: readonly (Link | null)[]): void {
  const sealed = exhibit.times.sealed_at
  const tokens = links.flatMap((link) => link?.token ?? [])
  if (sealed === null || tokens.length < exhibit.tokens.length) return // what is missing is named already
  if (tokens.every((token) => second(token.genTime) !== second(sealed))) {
    subject.ledger.changed('tokens', 'token-other-time', exhibit.path)
  }
}

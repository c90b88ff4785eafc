// The check of SM3: a second digest of each exhibit, where the package gives one. SHA-256 carries the proof; so a
// package without SM3, or a browser without WebAssembly, spoils no verdict: it is said, and nothing is called green.
import { VersionError } from '../errors.js'
import type { ExhibitEntry } from '../formats.js'
import * as formats from '../formats.js'
import * as layout from '../layout.js'
import { eventOrNull } from './custody.js'
import { isOdd } from './manifests.js'
import type { Subject } from './subject.js'
import { MANIFEST_BYTES } from './subject.js'

type Stated = ReadonlyMap<string, string | null>

/** The list has each exhibit once, and each file and event has the SM3 that it states. */
export async function checkSm3(subject: Subject): Promise<void> {
  const { ledger } = subject
  if (subject.exhibits === null) return // the manifests check names it
  if (!subject.has(layout.SM3)) {
    if (subject.stated(layout.SM3) !== null) return // the files check names it
    ledger.unknown('sm3', 'sm3-none')
    return ledger.notProved('sm3')
  }
  const stated = await readStated(subject)
  if (stated === null) return
  await checkEvents(subject, stated)
  if (!subject.comparesSm3 || !subject.hasher.algorithms.has('sm3')) {
    ledger.unknown('sm3', subject.comparesSm3 ? 'sm3-unavailable' : 'sm3-skipped')
    return ledger.notProved('sm3')
  }
  const compared = subject.eachExhibit().filter((exhibit) => compare(subject, exhibit, stated)).length
  if (compared > 0) ledger.passed('sm3', 'sm3', null, { count: compared }) // not said in the end where one failed
}

/** SM3 by exhibit number, as the list says; null when it cannot be read, and says so. */
async function readStated(subject: Subject): Promise<Stated | null> {
  const { ledger } = subject
  const raw = await subject.read(layout.SM3, MANIFEST_BYTES)
  if (raw === null) return null // the files check names it
  let listed: formats.Sm3List
  try {
    listed = formats.read(raw, formats.SM3)
  } catch (problem) {
    if (problem instanceof VersionError) ledger.cannot('sm3', 'version', layout.SM3)
    else if (isOdd(problem)) ledger.changed('sm3', 'sm3-broken', layout.SM3)
    else throw problem
    return null
  }
  const stated = new Map<string, string | null>()
  const numbers = new Set(subject.eachExhibit().map(({ number }) => number))
  for (const { number, sm3 } of listed.exhibits) {
    if (stated.has(number) || !numbers.has(number)) ledger.changed('sm3', 'sm3-other', layout.SM3, { exhibit: number })
    stated.set(number, sm3)
  }
  for (const number of [...numbers].sort()) {
    if (!stated.has(number)) ledger.missing('sm3', 'sm3-missing', layout.SM3, { exhibit: number })
  }
  return stated
}

/** Hold the exhibit's file against the SM3 that is stated; whether that could be done. */
function compare(subject: Subject, { number, path }: ExhibitEntry, stated: Stated): boolean {
  const { ledger } = subject
  const wanted = stated.get(number)
  if (wanted === undefined || !subject.digests.has(path)) return false // named before
  const found = subject.sm3.get(path)
  if (wanted === null || found === undefined) {
    if (wanted === null) ledger.unknown('sm3', 'sm3-not-computed', layout.SM3, { exhibit: number })
    else ledger.unknown('sm3', 'sm3-unread', path, { exhibit: number })
    ledger.notProved('sm3')
    return false
  }
  if (found !== wanted) ledger.changed('sm3', 'sm3-wrong', path)
  return true
}

/** What the exhibits' own custody events say of SM3 is what the list says. */
async function checkEvents(subject: Subject, stated: Stated): Promise<void> {
  for (const exhibit of subject.eachExhibit()) {
    const wanted = stated.get(exhibit.number) ?? null
    for (const path of wanted === null ? [] : exhibit.custody) {
      const told = await eventOrNull(subject, path)
      if (told?.act !== 'digested' || told.facts['algorithm'] !== 'sm3') continue
      if (told.facts['digest'] !== wanted) subject.ledger.changed('sm3', 'sm3-event-other', path)
    }
  }
}

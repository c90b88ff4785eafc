// Check 9: shown records stand under the root of their reading.
import { unhex } from '../bytes.js'
import { ProofError, VersionError } from '../errors.js'
import type { ExhibitEntry, ShownRecords } from '../formats.js'
import * as formats from '../formats.js'
import { REASONS, between } from '../integrity/gaps.js'
import { verifyRecord } from '../integrity/records.js'
import { told } from '../times.js'
import { eventOrNull } from './custody.js'
import { isOdd } from './manifests.js'
import type { Subject } from './subject.js'
import { RECORDS_BYTES } from './subject.js'

interface Shown {
  readonly value: ShownRecords
  readonly places: readonly number[]
}

/** Each shown record stood in the reading whose root a `read` event binds; gaps as stated. */
export async function checkRecords(subject: Subject): Promise<void> {
  const { ledger } = subject
  for (const exhibit of subject.eachExhibit()) {
    const path = exhibit.records
    if ((exhibit.form === 'records') !== (path === exhibit.path)) {
      ledger.changed('records', 'records-wrong', exhibit.path)
      continue
    }
    const shown = path === null ? null : await readShown(subject, path)
    if (shown !== null && path !== null) {
      await checkShown(subject, exhibit, path, shown)
    } else if (path === null) {
      checkGaps(subject, exhibit, [], 0)
      if (exhibit.since !== undefined && exhibit.since !== null) ledger.changed('records', 'since-other', exhibit.path)
    }
  }
}

/** Records that are proved under one root: whose root it is, their order, gaps and times. */
async function checkShown(subject: Subject, exhibit: ExhibitEntry, path: string, { value, places }: Shown): Promise<void> {
  const { ledger } = subject
  const before = ledger.checks.length
  const readAt = await boundAt(subject, exhibit, path, value)
  const isAscending = places.every((place, index) => index === 0 || place > (places[index - 1] as number))
  if (!isAscending) ledger.changed('records', 'records-order', path)
  checkGaps(subject, exhibit, places, value.count)
  if (exhibit.since !== undefined) checkSince(subject, exhibit, path, readAt) // an older package says nothing of it
  subject.proved.push(exhibit)
  if (ledger.checks.length === before) saySinceWhen(subject, exhibit, path, places.length, readAt)
}

/**
 * The stated times are those of the event that binds the root, and of a stamp before it. The stamp of an export
 * that is withheld names its digest, so it is not here: then its time is the maker's word.
 */
function checkSince({ ledger }: Subject, exhibit: ExhibitEntry, path: string, readAt: string | null): void {
  if (readAt === null) return // nothing binds the root, which is said
  const since = exhibit.since ?? null
  if (since?.read_at !== readAt) return ledger.changed('records', 'since-other', path)
  const stamped = since.stamped_at
  if (stamped === null) return
  const isHere = exhibit.form === 'original'
  if (!isHere) ledger.notProved('stamped', { exhibit: exhibit.number })
  const isOne = exhibit.tokens.some((token) => token.gen_time === stamped)
  if (stamped > readAt || (isHere && !isOne)) ledger.changed('records', 'since-other', path)
}

function saySinceWhen({ ledger }: Subject, exhibit: ExhibitEntry, path: string, count: number, readAt: string | null): void {
  if (readAt === null) return ledger.passed('records', 'records', path, { count })
  const read = told(readAt)
  const since = exhibit.since ?? null
  if (since === null) ledger.passed('records', 'records-read', path, { count, read })
  else if (since.stamped_at === null) ledger.passed('records', 'records-unstamped', path, { count, read })
  else ledger.passed('records', 'records-since', path, { count, read, stamped: told(since.stamped_at) })
}

/** The file of shown records, each proved under the root that it names; else null, and why. */
async function readShown(subject: Subject, path: string): Promise<Shown | null> {
  const { ledger } = subject
  const raw = await subject.read(path, RECORDS_BYTES)
  if (raw === null) return null // the files check names it
  try {
    const value = formats.read(raw, formats.RECORDS)
    const root = unhex(value.root)
    return { value, places: value.records.map(({ record, proof }) => verifyRecord(record, proof, root, value.count)) }
  } catch (problem) {
    if (problem instanceof VersionError) ledger.cannot('records', 'version', path)
    else if (isOdd(problem) || problem instanceof ProofError) ledger.changed('records', 'records-wrong', path)
    else throw problem
    return null
  }
}

/** What the manifest says is left out is what the shown places and the count leave out. */
function checkGaps({ ledger }: Subject, exhibit: ExhibitEntry, places: readonly number[], count: number): void {
  const expected = exhibit.form === 'records' ? between(places, count) : []
  const stated = exhibit.gaps
  if (stated === undefined) {
    // An older package.
    const leftOut = expected.reduce((sum, gap) => sum + gap.count, 0)
    if (expected.length > 0) ledger.notProved('gaps', { exhibit: exhibit.number, count: leftOut })
    return
  }
  const isSame =
    stated.length === expected.length &&
    stated.every((gap, index) => {
      const wanted = expected[index]
      return gap.from === wanted?.from && gap.to === wanted.to && gap.count === wanted.count
    })
  if (!isSame) ledger.changed('records', 'gaps-other', exhibit.path)
  const unknown = new Set(stated.map(({ reason }) => reason).filter((reason) => !REASONS.has(reason)))
  for (const reason of [...unknown].sort()) ledger.cannot('records', 'gap-reason', exhibit.path, { reason })
}

/** When the event says that the root was read; without that event it is only ours to say. */
async function boundAt(subject: Subject, exhibit: ExhibitEntry, path: string, value: ShownRecords): Promise<string | null> {
  const { ledger } = subject
  const roots = new Map<string, string>()
  for (const each of [...exhibit.custody, ...(exhibit.parent?.events ?? [])]) {
    const event = await eventOrNull(subject, each)
    if (event?.act !== 'read' || !Object.hasOwn(event.facts, 'root')) continue
    roots.set(JSON.stringify([event.facts['root'], event.facts['records'] ?? null]), event.at)
  }
  const named = JSON.stringify([value.root, value.count])
  const { reading } = exhibit
  const statedRoot = reading?.records_root ?? null
  const isOther = statedRoot !== null && (statedRoot !== value.root || reading?.records !== value.count)
  if (isOther || (roots.size > 0 && !roots.has(named))) ledger.changed('records', 'root-other', path)
  if (roots.size === 0) ledger.notProved('root', { exhibit: exhibit.number })
  return roots.get(named) ?? null
}

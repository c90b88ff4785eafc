// Check 10: each exhibit in one form; a withheld parent is named by its commitment only.
import { VersionError } from '../errors.js'
import type { ExhibitEntry } from '../formats.js'
import type { Event } from '../integrity/event.js'
import { decode } from '../integrity/event.js'
import { eventOrNull } from './custody.js'
import { isOdd } from './manifests.js'
import type { Subject } from './subject.js'

/** A form that is not the original names its parent, by commitment only. */
export async function checkRedactions(subject: Subject): Promise<void> {
  const { ledger } = subject
  let linked = 0
  await checkOneForm(subject)
  for (const exhibit of subject.eachExhibit()) {
    const isOriginal = exhibit.form === 'original'
    if (isOriginal !== (exhibit.parent === null)) {
      ledger.changed('redactions', 'parent-odd', exhibit.path)
    } else if (exhibit.parent !== null) {
      linked++
      ledger.notProved('parent', { exhibit: exhibit.number })
      await checkParentEvents(subject, exhibit.parent.events)
      if (exhibit.form === 'redacted') await checkCopy(subject, exhibit, exhibit.parent)
    }
  }
  if (linked > 0) ledger.passed('redactions', 'redactions', null, { count: linked })
}

/** No number and no item stands twice, and no withheld parent is an exhibit of its own. */
async function checkOneForm(subject: Subject): Promise<void> {
  const exhibits = subject.eachExhibit()
  const items = new Set(exhibits.map(({ item }) => item))
  for (const values of [exhibits.map(({ number }) => number), exhibits.map(({ item }) => item)]) {
    const twice = exhibits.find((_, index) => values.indexOf(values[index] as string) !== values.lastIndexOf(values[index] as string))
    if (twice !== undefined) return subject.ledger.changed('redactions', 'two-forms', twice.path)
  }
  for (const exhibit of exhibits) {
    const told = await events(subject, exhibit.parent?.events ?? [])
    if (told.some((each) => items.has(each.subjectId))) subject.ledger.changed('redactions', 'two-forms', exhibit.path)
  }
}

/** A redacted copy came in as one, and its own log names the parent by this commitment. */
async function checkCopy(subject: Subject, exhibit: ExhibitEntry, parent: NonNullable<ExhibitEntry['parent']>): Promise<void> {
  const { ledger } = subject
  const isMore = exhibit.records !== null || parent.events.length > 0 || (exhibit.reading?.records_root ?? null) !== null
  if (isMore) ledger.changed('redactions', 'redaction-more', exhibit.path)
  const told = await events(subject, exhibit.custody)
  const arrivals = told.filter((each) => each.act === 'received')
  if (arrivals.some((each) => each.facts['origin'] !== 'redaction')) ledger.changed('redactions', 'redaction-origin', exhibit.path)
  if (arrivals.some((each) => Object.hasOwn(each.facts, 'parent'))) ledger.changed('redactions', 'parent-shown', exhibit.path)
  const named = told.filter((each) => each.act === 'redacted').map((each) => each.facts['parent'])
  if (named.length !== 1 || named[0] !== parent.commitment) ledger.changed('redactions', 'redaction-other', exhibit.path)
}

/** Shown events of the parent: readable, of one subject, and no digest of it in the plain. */
async function checkParentEvents(subject: Subject, paths: readonly string[]): Promise<void> {
  const { ledger } = subject
  const subjects = new Set<string>()
  for (const path of paths) {
    const raw = await subject.read(path)
    if (raw === null) continue
    let told: Event
    try {
      told = decode(raw)
    } catch (problem) {
      if (problem instanceof VersionError) ledger.cannot('redactions', 'version', path)
      else if (isOdd(problem)) ledger.changed('redactions', 'event-malformed', path)
      else throw problem
      continue
    }
    subjects.add(`${told.subjectType} ${told.subjectId}`)
    if (Object.hasOwn(told.facts, 'sha256') || Object.hasOwn(told.facts, 'digest')) ledger.changed('redactions', 'parent-shown', path)
  }
  if (subjects.size > 1) ledger.changed('redactions', 'custody-other', paths[0] ?? null)
}

/** Those that can be read; the custody check and the one above name the others. */
async function events(subject: Subject, paths: readonly string[]): Promise<Event[]> {
  const found: Event[] = []
  for (const path of paths) {
    const told = await eventOrNull(subject, path)
    if (told !== null) found.push(told)
  }
  return found
}

// The verdict on the screen, and the same on one printed page.
import type { Checked } from '../verify/checking.js'
import type { Trusted } from '../verify/trusted.js'
import type { Check, Result, Verdict } from '../verify/verdict.js'
import { NAMES } from '../verify/verdict.js'
import { element, grouped } from './elements.js'
import type { Language } from './words.js'
import { both, say, sayCheck, sayOpen } from './words.js'

const MARKS: Readonly<Record<Result, string>> = { pass: '✓', fail: '✗', unknown: '?' }
const PRINTED_LINES = 6 // codes: of what does not hold, of what could not be checked, of what stays open: one page holds it

export interface Shown {
  readonly checked: Checked
  readonly trusted: Trusted | null // null: what was brought was nothing of the kind
  readonly ownDigest: string
  readonly at: Date
}

/** The whole result for the screen. */
export function makeResult(language: Language, shown: Shown): HTMLElement {
  const { verdict } = shown.checked
  const words = (id: string): string => say(language, `page-${id}`)
  const print = element('button', { type: 'button' }, words('print'))
  print.addEventListener('click', () => window.print())
  return element(
    'section',
    { class: 'screen result', 'aria-labelledby': 'verdict' },
    headline(language, verdict),
    ...about(language, shown),
    element('p', {}, print),
    ...lines(language, words('failed'), verdict.checks, 'fail'),
    ...lines(language, words('unknown'), verdict.checks, 'unknown'),
    ...openLines(language, verdict, Infinity),
    ...lines(language, words('held'), verdict.checks, 'pass'),
    element('details', {}, element('summary', {}, words('json')), element('pre', { id: 'json', tabindex: '0' }, asJson(shown))),
  )
}

/** One page for the file: every check in one line, then the first of what does not hold or stays open. */
export function makeSheet(language: Language, shown: Shown): HTMLElement {
  const { verdict } = shown.checked
  const rows = NAMES.map((name) => {
    const of = verdict.checks.filter((check) => check.name === name)
    const worst = (['fail', 'unknown', 'pass'] as const).find((result) => of.some((check) => check.result === result))
    const mark = worst === undefined ? '–' : MARKS[worst]
    const said = say(language, `page-mark-${worst ?? 'none'}`)
    return element('li', {}, `${mark} ${say(language, `page-name-${name}`)}: ${said}`)
  })
  return element(
    'section',
    { class: 'sheet', 'aria-hidden': 'true' },
    headline(language, verdict, 'p'),
    ...about(language, shown),
    element('ul', { class: 'names' }, ...rows),
    ...lines(language, say(language, 'page-failed'), verdict.checks, 'fail', PRINTED_LINES),
    ...lines(language, say(language, 'page-unknown'), verdict.checks, 'unknown', PRINTED_LINES),
    ...openLines(language, verdict, PRINTED_LINES),
  )
}

/** The `--json` face of docs/formats/verdict.md, with the codes of what stays open beside their words. */
export function asJson({ checked, ownDigest }: Shown): string {
  const { verdict } = checked
  return JSON.stringify({
    verdict: verdict.word,
    signer_known: verdict.signerKnown,
    checks: verdict.checks.map((check) => ({
      name: check.name,
      result: check.result,
      code: check.code,
      what: both((language) => sayCheck(language, check)),
      ...(check.where === null ? {} : { where: check.where }),
      ...(check.values['code'] === undefined ? {} : { reason: check.values['code'] }),
    })),
    not_proved: verdict.open.map((open) => both((language) => sayOpen(language, open))),
    not_proved_codes: verdict.open.map(({ code }) => code),
    checker_sha256: ownDigest,
  })
}

/** Chinese and English, as the command's first line; by whom is never left out. */
function headline(language: Language, verdict: Verdict, tag: 'h2' | 'p' = 'h2'): HTMLElement {
  const word = `verdict-${verdict.word.replaceAll('_', '-')}`
  const signer = verdict.signerKnown ? 'verdict-signer-known' : 'verdict-signer-unknown'
  const attributes = tag === 'h2' ? { id: 'verdict', tabindex: '-1' } : {}
  return element(
    tag,
    { ...attributes, class: `verdict ${verdict.word}`, lang: language },
    element('strong', {}, both((each) => say(each, word))),
    ' — ',
    both((each) => say(each, signer)),
  )
}

function about(language: Language, { checked, trusted, ownDigest, at }: Shown): HTMLElement[] {
  const words = (id: string, values: Readonly<Record<string, string>> = {}): string => say(language, `page-${id}`, values)
  const listed = checked.checkerDigest
  const own = listed === ownDigest ? words('own-listed') : words('own-other', { digest: listed ?? '' })
  const isOpened = checked.packageDigest !== null
  const facts: [string, string][] = [
    [words('own-digest'), grouped(ownDigest)],
    ...(isOpened ? [[words('package-digest'), grouped(checked.packageDigest ?? '')] as [string, string]] : []),
  ]
  const sentences = [
    ...(checked.case === null ? [] : [words('case', { case: checked.case })]),
    ...(checked.isSample ? [words('sample')] : []),
    words('checked-at', { at: localTime(at) }),
    ...(trusted === null ? [] : trustSentences(language, trusted)),
  ]
  return [
    ...sentences.map((text) => element('p', {}, text)),
    element('dl', {}, ...facts.flatMap(([name, value]) => [element('dt', {}, name), element('dd', { class: 'digest' }, value)])),
    ...(isOpened ? [element('p', { class: 'own' }, listed === null ? words('own-unlisted') : own)] : []),
    element('p', { class: 'note' }, words('own-digest-note')),
  ]
}

/** 2026-11-29 17:39 UTC+08:00, by this computer's clock and zone. */
function localTime(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const offset = -at.getTimezoneOffset()
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())} UTC${zone}`
}

function trustSentences(language: Language, { houses, listed, given }: Trusted): string[] {
  const values = { day: listed.asOf, count: String(listed.certificates.length), given: String(given.length) }
  const fingerprints = [...houses].map((fingerprint) => say(language, 'page-trusted-with', { fingerprint: grouped(fingerprint) }))
  return [...(fingerprints.length > 0 ? fingerprints : [say(language, 'page-trusted-none')]), say(language, 'page-roots', values)]
}

function lines(language: Language, title: string, checks: readonly Check[], result: Result, most = Infinity): HTMLElement[] {
  const found = checks.filter((check) => check.result === result)
  if (found.length === 0) return []
  const told = most === Infinity ? found.map((check) => [check, 1] as const) : oncePerCode(found)
  const items = told.slice(0, most).map(([check, count]) =>
    element(
      'li',
      { class: result },
      element('span', { class: 'mark', 'aria-hidden': 'true' }, MARKS[result]),
      element('span', { class: 'what' }, element('b', {}, say(language, `page-name-${check.name}`)), ' ', sayCheck(language, check)),
      ...(check.where === null ? [] : [element('code', {}, `${check.where}${times(count)}`)]),
    ),
  )
  return [element('h3', {}, `${title} (${found.length})`), element('ul', { class: 'checks' }, ...items, ...left(language, told.length - most))]
}

function openLines(language: Language, verdict: Verdict, most: number): HTMLElement[] {
  if (verdict.open.length === 0) return []
  const told = most === Infinity ? verdict.open.map((open) => [open, 1] as const) : oncePerCode(verdict.open)
  const items = told.slice(0, most).map(([open, count]) => element('li', {}, `${sayOpen(language, open)}${times(count)}`))
  return [element('h3', {}, say(language, 'verdict-not-proved')), element('ul', {}, ...items, ...left(language, told.length - most))]
}

/** The first of each code, and how many there are: on paper one line stands for all of them. */
function oncePerCode<T extends { readonly code: string }>(all: readonly T[]): (readonly [T, number])[] {
  const codes = [...new Set(all.map(({ code }) => code))]
  return codes.map((code) => {
    const same = all.filter((each) => each.code === code)
    return [same[0] as T, same.length] as const
  })
}

function times(count: number): string {
  return count > 1 ? ` … × ${count}` : ''
}

function left(language: Language, count: number): HTMLElement[] {
  return count > 0 ? [element('li', {}, say(language, 'page-print-left', { count: String(count) }))] : []
}

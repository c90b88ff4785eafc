// Does a person write of not being able to go on? Looked at on this phone alone: the server has neither
// the words nor the answer, nothing is kept, and no paper says a word of it.
import DATA from './distress.json'
import type { TimelineRecord } from '../serverPorts'

export interface HelpLine {
  readonly id: string
  readonly number: string
  readonly 'zh-CN': string
  readonly en: string
}

const WORDS = DATA.words.map(({ pattern }) => new RegExp(pattern))
/** Directions of what the person wrote, sent or not. */
const OWN = new Set(['out', 'draft', 'outbox', 'queued', 'failed'])

/** Whether one of a person's own texts holds words of distress. */
export function isHeavy(texts: readonly string[]): boolean {
  return texts.some((words) => {
    const plain = words.normalize('NFKC').toLowerCase().replace(/[\s\p{P}\p{S}]+/gu, '')
    return WORDS.some((word) => word.test(plain))
  })
}

/** What the person themselves wrote or said in some records; words of the other side are none of it. */
export function ownWords(records: readonly TimelineRecord[]): readonly string[] {
  return records.flatMap(({ direction, text, heard }) => [
    ...(OWN.has(direction) ? [text] : []),
    ...heard.filter(({ speaker }) => speaker === 'self').map(({ words }) => words),
  ])
}

/** All texts inside an answer of the interview, however deep. */
export function textsIn(answer: unknown): readonly string[] {
  if (typeof answer === 'string') return [answer]
  if (typeof answer === 'object' && answer !== null) return Object.values(answer).flatMap(textsIn)
  return []
}

/** The lines that answer on a day (`2026-11-29`). */
export function linesOn(day: string): readonly HelpLine[] {
  return DATA.lines.filter(({ from }) => from <= day)
}

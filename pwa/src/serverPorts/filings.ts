// After filing: what was handed in, what came of it, the days that follow.
import type { Instant } from '../ports'

/** A calendar day in Beijing, YYYY-MM-DD. */
export type Day = string

export const OUTCOMES = ['accepted', 'refused', 'decided', 'passed_on', 'review_asked'] as const
export type Outcome = (typeof OUTCOMES)[number]

export const PAPERS = ['non_filing_review', 'administrative_reconsideration', 'prosecutor_supervision'] as const
export type Paper = (typeof PAPERS)[number]

export interface Filing {
  readonly id: string
  readonly agency: string
  readonly agency_zh: string
  readonly agency_en: string
  readonly filed_on: Day
  readonly reference: string
  /** The item that holds what the desk gave. */
  readonly receipt: string | null
  readonly recorded_at: Instant
  readonly outcomes: readonly { readonly id: string; readonly outcome: Outcome; readonly on: Day; readonly reference: string; readonly receipt: string | null }[]
}

export interface Deadline {
  readonly alarm: string
  /** Null where the day follows from the acts, not from a filing. */
  readonly filing: string | null
  readonly what_zh: string
  readonly what_en: string
  readonly counted_from: Day
  readonly due_on: Day
  /** The person must act by then; otherwise somebody must have answered. */
  readonly is_ours: boolean
  readonly status: 'waiting' | 'due_soon' | 'passed' | 'met'
  readonly rule_zh: string
  readonly rule_is_verified: boolean
  readonly next_agencies: readonly { readonly agency: string; readonly agency_zh: string; readonly agency_en: string }[]
  readonly next_document: string
  /** Follow-up papers that may be written for this day now. */
  readonly papers: readonly Paper[]
}

export interface NewSince {
  readonly filed_on: Day
  readonly acts: number
  readonly exhibits: readonly string[]
}

export interface Deadlines {
  readonly today: Day
  readonly results: readonly Deadline[]
  readonly new_since: NewSince | null
}

export interface FilingServer {
  filings(complaintId: string): Promise<readonly Filing[]>
  deadlines(complaintId: string): Promise<Deadlines>
  tellFiling(complaintId: string, told: { agency: string; filed_on: Day; reference: string; receipt: string | null }): Promise<void>
  /** Begins the paper that asks to look again at what was refused; resolves to its complaint's id. */
  followUp(filingId: string, document: Paper): Promise<string>
  tellOutcome(filingId: string, told: { outcome: Outcome; on: Day; reference: string; receipt: string | null }): Promise<void>
}

// What was read and heard, what was suggested, whose number it is. Types only.
import type { Instant } from '../ports'

export interface Decision {
  readonly decision: 'confirmed' | 'rejected' | 'corrected'
  /** The right kind by its name, when corrected. */
  readonly kind_name: string
  /** The right words, when corrected to others than those suggested. */
  readonly start: number | null
  readonly end: number | null
  readonly reason: string
  readonly at: Instant
}

/** One kind of abuse, by its name in the person's language. */
export interface Kind {
  readonly code: string
  readonly name: string
}

/** What a suggestion should have been, or what a person found themselves. */
export interface Correction {
  readonly kind: string
  /** Code points, half open; null: the words are right, or all of them. */
  readonly words: readonly [number, number] | null
  readonly reason: string
}

export interface Tag {
  readonly id: string
  readonly kind: string
  readonly kind_name: string
  readonly label: string
  readonly proposed_by: string
  /** Code points of the record's text; equal when the tag is on the whole record. */
  readonly start: number
  readonly end: number
  /** The segment of a recording in whose heard words they count; null: in the record's own text. */
  readonly heard: string | null
  readonly rule: string
  readonly rule_version: string
  readonly reason: string
  readonly sureness: 'high' | 'medium' | 'low' | null
  readonly decision: Decision | null
}

export type Speaker = 'other' | 'self' | 'unknown'

export type SegmentDecision = 'confirmed' | 'corrected' | 'rejected'

/** Words that a machine claims for some seconds of a recording, and what a person heard there. */
export interface Segment {
  readonly id: string
  /** By a person: no machine claims it. */
  readonly is_written: boolean
  readonly start_s: number
  readonly end_s: number
  readonly text: string
  readonly doubts: readonly string[]
  readonly decision: {
    readonly decision: SegmentDecision
    readonly words: string
    readonly speaker: Speaker
    readonly at: Instant
  } | null
}

/** The newest draft of one recording, or why there is none. Never more than a draft. */
export interface Transcript {
  readonly state: 'off' | 'not_a_recording' | 'consent_missing' | 'none' | 'waiting' | 'failed' | 'made'
  readonly purpose: string | null
  readonly problem: string | null
  readonly party: string | null
  readonly dropped: readonly { readonly from_s: number; readonly to_s: number; readonly reason: string }[]
  readonly segments: readonly Segment[]
}

/** Words that a file does not say are empty, not null. */
export interface TimelineRecord {
  readonly id: string
  readonly item: string
  readonly index: number
  readonly kind: string
  readonly when_utc: Instant | null
  readonly when_raw: string
  readonly direction: string
  readonly peer_number: string
  readonly peer_name: string
  readonly text: string
  readonly duration_s: number | null
  readonly locator: unknown
  readonly warnings: readonly string[]
  readonly tags: readonly Tag[]
  /** What a person heard in a recording, in the order it was said. */
  readonly heard: readonly { readonly segment: string; readonly start_s: number; readonly words: string; readonly speaker: Speaker }[]
}

export interface TimelineFilter {
  readonly from?: string
  readonly to?: string
  readonly number?: string
  readonly kind?: string
  readonly label?: string
}

export interface Finding {
  readonly id: string
  readonly label: string | null
  readonly kind: string
  readonly reason: string
  readonly rule: string
  readonly rule_version: string
  readonly source: string
}

export interface PhoneNumber {
  readonly number: string
  readonly name: string
  readonly records: number
  readonly calls: number
  readonly first: Instant | null
  readonly last: Instant | null
  readonly role: Role
  /** What the person said, and since when it stands; the texts never change it. */
  readonly how_known: string
  readonly lender: string
  readonly said_at: Instant | null
  /** The lender that counts: the person's word, else what the texts lead to. */
  readonly tied_to: string
  readonly grounds: readonly Ground[]
  /** Other lenders that the texts name. */
  readonly conflicts: readonly string[]
}

/** Why the texts lead to a lender, as a sentence. */
export interface Ground {
  readonly how: string
  readonly lender: string
  readonly records: readonly string[]
  readonly record_count: number
  readonly sentence: string
}

/** One number, link or account of the case's own confirmed acts, and what is told of others. */
export interface SeenElsewhere {
  readonly sort: 'number' | 'payment_link' | 'payment_account'
  readonly value: string
  readonly is_counted: boolean
  /** Other people, at least; null: too few to tell. */
  readonly least: number | null
  readonly sentence: string
}

/** Whether collectors are compared across cases here, and how this case stands in it. */
export interface Matching {
  readonly state: 'off' | 'not_agreed' | 'waiting' | 'counted'
  readonly sentence: string
  readonly version: string
  /** What the person agrees to, one thought each. */
  readonly words: readonly string[]
  readonly given_at: Instant | null
  readonly counted_at: Instant | null
  readonly results: readonly SeenElsewhere[]
}

/** What a person says of a number. */
export interface Said {
  readonly role: Role
  readonly howKnown: string
  readonly lender: string
}

export type Role = 'unknown' | 'lender' | 'collector' | 'witness' | 'not_collection'

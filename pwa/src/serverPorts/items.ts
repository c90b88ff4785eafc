// One item of evidence with all that is known of it, and its case. Types only.
import type { EvidenceKind, Instant, Sha256 } from '../ports'

export interface Case {
  readonly id: string
  readonly title: string
  readonly created_at: Instant
  readonly items: number
  readonly is_sample: boolean
  readonly open_to_review: boolean
}

export interface Seal {
  readonly gen_time: Instant
  readonly source: string
  readonly is_self_issued: boolean
}

export interface OutsideSource {
  readonly source: string
  readonly state: 'stamped' | 'waiting' | 'renewal_waiting'
  readonly since: Instant
  readonly problem: string | null
}

/** How many different outside authorities vouch, of how many that are needed. */
export interface Outside {
  readonly needed: number
  readonly held: number
  readonly is_stamped: boolean
  readonly waiting_since: Instant | null
  readonly sources: readonly OutsideSource[]
}

/** The second digest, SM3 in hex; null while it waits or where the server has no SM3. */
export interface Sm3 {
  readonly state: 'computed' | 'waiting' | 'unavailable'
  readonly digest: string | null
  readonly problem: string | null
}

/** What phone and file say of the file's making, in the person's language. Claims, never proof. */
export interface Provenance {
  readonly facts: readonly { readonly code: string; readonly label: string; readonly value: string }[]
  readonly observations: readonly {
    readonly code: string
    readonly facts: readonly string[]
    readonly text: string
    readonly means: string
  }[]
}

/** What would make a picture better proof, in the person's language. */
export interface Hint {
  readonly code: string
  readonly text: string
}

/** Two pictures that show the same, or some of the same messages. */
export interface ScreenPair {
  readonly first: string
  readonly second: string
  readonly first_name: string
  readonly second_name: string
  readonly kind: 'duplicate' | 'overlap'
  readonly message_count: number
  /** Joined without asking. */
  readonly is_sure: boolean
  /** After what the person said. */
  readonly counts_once: boolean
}

/** The pictures of a case, compared; a strand is a scrolling chat on several of them. */
export interface Screens {
  readonly is_looking: boolean
  readonly pairs: readonly ScreenPair[]
  readonly strands: readonly { readonly id: string; readonly items: readonly string[]; readonly message_count: number }[]
}

/** Decisions on a record of an earlier reading whose words the newest one does not have there. */
export interface LeftBehind {
  readonly tags: readonly string[]
  readonly kinds: readonly string[]
  readonly words: string
  readonly when_utc: Instant | null
}

export interface Item {
  readonly id: string
  readonly case: string
  readonly kind: EvidenceKind
  readonly origin: string
  readonly sha256: Sha256
  readonly sm3: Sm3
  readonly size: number
  readonly received_at: Instant
  readonly captured_at: Instant | null
  readonly happened_from: Instant | null
  readonly happened_to: Instant | null
  readonly file_name: string
  readonly format: string | null
  readonly state: { readonly received: boolean; readonly sealed: boolean; readonly read: boolean | string; readonly tagged: boolean; readonly waits_for_choice: boolean }
  readonly seal: Seal | null
  readonly outside_seal: Seal | null
  readonly outside: Outside
  readonly reading: {
    readonly format: string
    readonly reader: string
    readonly reader_version: string
    readonly facts: unknown
    readonly problem: string | null
    readonly summary: Report
  } | null
  readonly hints: readonly Hint[]
  readonly provenance: Provenance | null
  readonly left_behind: readonly LeftBehind[]
  readonly derivatives: readonly string[]
  readonly custody: readonly { readonly act: string; readonly at: Instant; readonly actor_type: string; readonly sha256: Sha256 }[]
  readonly record_count: number
  readonly tag_count: number
}

/** How one file was taken in: of the chosen records, unless it says otherwise. */
export interface Report {
  readonly records: number
  /** Records of the file that the person did not choose. */
  readonly left_out: number
  readonly records_in_all: number
  /** How many records the exporter says there are. */
  readonly announced: number | null
  readonly truncated: boolean
  readonly by_kind: Readonly<Record<string, number>>
  readonly by_direction: Readonly<Record<string, number>>
  readonly first_utc: Instant | null
  readonly last_utc: Instant | null
  /** Gaps: first and last day, as YYYY-MM-DD. */
  readonly days: { readonly missing: number; readonly with: number; readonly gaps: readonly (readonly string[])[] }
  readonly encoding: string | null
  readonly warnings: readonly { readonly code: string; readonly text: string; readonly count: number; readonly first?: unknown }[]
}

export interface Verdict {
  readonly verdict: string
  readonly checks: readonly { readonly name: string; readonly result: 'pass' | 'fail' | 'unknown'; readonly what: string }[]
}

// What of an export is kept, and the original at one place. Types only.
import type { Instant } from '../ports'

/** One conversation of an export, before anything of it is stored. */
export interface Conversation {
  readonly key: string
  readonly title: string
  readonly name: string
  readonly records: number
  readonly by_kind: Readonly<Record<string, number>>
  readonly numbers: readonly { readonly number: string; readonly records: number }[]
  readonly first_utc: Instant | null
  readonly last_utc: Instant | null
  /** One line of it; one-time codes are masked. */
  readonly sample: string
}

export interface FileInside {
  readonly key: string
  readonly name: string
  readonly format: string
  readonly size: number | null
}

/** What of an export is kept; days of Beijing, both included. */
export interface Wanted {
  readonly everything: boolean
  readonly conversations: readonly string[]
  readonly numbers: readonly string[]
  readonly files: readonly string[]
  readonly since: string | null
  readonly until: string | null
}

export interface ChoiceStanding {
  readonly state: 'not_needed' | 'waiting' | 'made'
  readonly is_busy: boolean
  readonly problem: string
  readonly chosen: Wanted | null
  readonly survey: {
    readonly records: number
    readonly conversations: readonly Conversation[]
    readonly unlisted: number
    readonly files: readonly FileInside[]
    readonly files_unlisted: number
  } | null
  readonly extracted: readonly { readonly id: string; readonly place: string; readonly problem: string }[]
}

/** The original where a record was read; which members there are hangs on `form`. */
export interface OriginalPlace {
  readonly form: 'text' | 'row' | 'picture' | 'sound' | 'file' | 'none'
  readonly member?: string
  readonly text?: string
  readonly is_cut?: boolean
  readonly table?: string
  readonly cells?: readonly { readonly name: string; readonly value: string }[]
}

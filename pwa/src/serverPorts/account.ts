// Who is signed in, what they agreed to, what they asked to have erased. Types only.
import type { Instant } from '../ports'

export interface Me {
  readonly id: string
  readonly username: string
  readonly role: string
  readonly language: string
  readonly is_sample: boolean
  readonly second_factor: boolean
  readonly has_recovery_code: boolean
  readonly consents: readonly { readonly purpose: string; readonly version: string; readonly given_at: Instant }[]
  readonly quotas: {
    readonly bytes_used: number
    readonly bytes_limit: number
    readonly open_uploads: number
    readonly open_uploads_limit: number
    readonly packages_today: number
    readonly packages_limit: number
  }
}

/** Where sign-in stands: signed in, nobody, or one step (the second factor) still to go. */
export type SignIn = 'signed_in' | 'nobody' | 'second_factor'

export interface ConsentPurpose {
  readonly purpose: string
  readonly is_required: boolean
  readonly version: string
  readonly title: string
  readonly text: string
  readonly given: boolean
}

export type LegalName = 'privacy' | 'responsible' | 'terms'

/** An erasure that was asked for; `held`: the law keeps it back beyond its day. */
export interface Erasure {
  readonly id: string
  readonly scope: 'item' | 'case' | 'account'
  readonly subject: string
  readonly asked_at: Instant
  readonly due_at: Instant
  readonly state: 'waiting' | 'held' | 'begun'
  readonly held_reason: string
}

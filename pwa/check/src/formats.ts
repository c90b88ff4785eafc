// The exact shapes of the package's JSON files (docs/formats/exhibit-manifest.md, package.md, log.md).
import type { Bytes } from './bytes.js'
import type { Json, JsonObject } from './canonical.js'
import { isObject, readCanonical } from './canonical.js'
import { FormatError, VersionError } from './errors.js'
import * as layout from './layout.js'
import type { Shape } from './shape.js'
import { claims, exactly, flag, free, later, like, list, maybe, object, text, time, whole } from './shape.js'

const VERSION = 1

export interface TokenEntry {
  readonly path: string
  readonly source: string
  readonly gen_time: string
  readonly self_issued: boolean
}

export interface GapEntry {
  readonly from: number
  readonly to: number
  readonly count: number
  readonly reason: string
}

export interface ExhibitEntry {
  readonly number: string
  readonly name: string
  readonly form: 'original' | 'redacted' | 'records'
  readonly path: string
  readonly sha256: string
  readonly size: number
  readonly media_type: string
  readonly item: string
  readonly times: { readonly received_at: string | null; readonly sealed_at: string | null }
  readonly reading: { readonly records: number | null; readonly records_root: string | null; readonly reader: string } | null
  readonly records: string | null
  readonly gaps?: readonly GapEntry[]
  readonly since?: { readonly stamped_at: string | null; readonly read_at: string } | null
  readonly custody: readonly string[]
  readonly receipt: { readonly path: string; readonly signature: string } | null
  readonly tokens: readonly TokenEntry[]
  readonly copies: readonly string[]
  readonly parent: { readonly commitment: string; readonly events: readonly string[] } | null
  readonly provenance: JsonObject
}

export interface LogEntry {
  readonly event: string
  readonly index: number
  readonly path: readonly string[]
}

export interface Exhibits {
  readonly case: string
  readonly built_at: string
  readonly sample: boolean
  readonly house: string
  readonly exhibits: readonly ExhibitEntry[]
  readonly log: { readonly checkpoint: string; readonly tokens: readonly TokenEntry[]; readonly entries: readonly LogEntry[] } | null
}

export interface FileEntry {
  readonly path: string
  readonly sha256: string
  readonly size: number
}

export interface PackageManifest {
  readonly case: string
  readonly built_at: string
  readonly language: string
  readonly sample: boolean
  readonly house: string
  readonly exhibits_sha256: string
  readonly stamps: number
  readonly checker: boolean
  readonly files: readonly FileEntry[]
}

export interface Sm3List {
  readonly exhibits: readonly { readonly number: string; readonly sm3: string | null }[]
}

export interface History {
  readonly size: number
  readonly checkpoints: readonly {
    readonly path: string
    readonly size: number
    readonly tokens: readonly TokenEntry[]
    readonly consistency: readonly string[]
  }[]
  readonly exhibits: readonly (LogEntry & { readonly number: string; readonly checkpoint: number })[]
}

export interface ShownRecords {
  readonly root: string
  readonly count: number
  readonly records: readonly { readonly proof: JsonObject; readonly record: JsonObject }[]
}

/** A format by its name, and how strictly it is read. `_of` only carries the type of what is read. */
export interface Format<T> {
  readonly type: string
  readonly shape: Shape
  readonly _of?: T
}

const DIGEST = like(/[0-9a-f]{64}/)
const PATH = like(layout.PATH)
const LANGUAGE = like(/zh-CN|en/)
const UUID = like(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/)
const CODE = like(/[a-z][a-z0-9_]{0,40}/)
const GAP = object({ from: whole, to: whole, count: whole, reason: like(/[a-z][a-z_]{0,39}/) })
const TOKEN = object({ path: PATH, source: text, gen_time: time, self_issued: flag })

const STATEMENT = object({
  v: exactly(1),
  engine: like(/[0-9a-z.]{1,32}/),
  facts: list(
    object({
      code: CODE,
      text: like(/[^\x00-\x1f]{0,120}/),
      time: maybe(
        object({
          written: like(/(?:\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2})?)?/),
          zone: like(/(?:Z|[+\-]\d{2}:\d{2})?/),
          state: CODE,
        }),
      ),
    }),
  ),
  observations: list(object({ code: CODE, facts: list(CODE), seconds: maybe(whole) })),
})

const EXHIBIT = object({
  number: like(layout.NUMBER),
  check_code: text,
  name: text,
  form: like(/original|redacted|records/),
  path: PATH,
  sha256: DIGEST,
  size: whole,
  media_type: text,
  item: UUID,
  times: object({
    happened_from: maybe(time),
    happened_to: maybe(time),
    captured_at: maybe(time),
    received_at: maybe(time),
    sealed_at: maybe(time),
  }),
  origin: object({ source: text, device: text, how: text, file_name: text, kept_where: text }),
  reading: maybe(
    object({ format: text, reader: text, reader_version: text, records: maybe(whole), records_root: maybe(DIGEST) }),
  ),
  records: maybe(PATH),
  gaps: later(list(GAP)),
  since: later(maybe(object({ stamped_at: maybe(time), read_at: time }))),
  custody: list(PATH),
  receipt: maybe(object({ path: PATH, signature: PATH })),
  tokens: list(TOKEN),
  copies: list(PATH),
  parent: maybe(object({ commitment: DIGEST, removed: list(text), events: list(PATH) })),
  provenance: claims({ statement: STATEMENT }),
})

const HEAD = { v: exactly(VERSION), case: like(layout.CASE), built_at: time, language: LANGUAGE, sample: flag, house: DIGEST }

export const EXHIBITS: Format<Exhibits> = {
  type: 'liuzheng/exhibits',
  shape: object({
    ...HEAD,
    type: text,
    document: object({ kind: text, title: text, addressee: text }),
    exhibits: list(EXHIBIT),
    log: maybe(
      object({
        checkpoint: PATH,
        tokens: list(TOKEN),
        entries: list(object({ event: DIGEST, index: whole, path: list(DIGEST) })),
      }),
    ),
  }),
}

export const PACKAGE: Format<PackageManifest> = {
  type: 'liuzheng/package',
  shape: object({
    ...HEAD,
    type: text,
    review: object({ state: text, reviewed_by: text, approved_by: text, approved_at: maybe(time) }),
    exhibits_sha256: DIGEST,
    stamps: whole,
    checker: flag,
    software: text,
    files: list(object({ path: PATH, sha256: DIGEST, size: whole, media_type: text })),
  }),
}

export const RECORDS: Format<ShownRecords> = {
  type: 'liuzheng/records',
  shape: object({
    v: exactly(VERSION),
    type: text,
    root: DIGEST,
    count: whole,
    note: text,
    records: list(object({ proof: free, record: free })),
  }),
}

export const SM3: Format<Sm3List> = {
  type: 'liuzheng/sm3',
  shape: object({
    v: exactly(VERSION),
    type: text,
    exhibits: list(object({ number: like(layout.NUMBER), sm3: maybe(DIGEST) })),
  }),
}

export const HISTORY: Format<History> = {
  type: 'liuzheng/log-history',
  shape: object({
    v: exactly(VERSION),
    type: text,
    size: whole,
    checkpoints: list(object({ path: PATH, size: whole, tokens: list(TOKEN), consistency: list(DIGEST) })),
    exhibits: list(object({ number: like(layout.NUMBER), event: DIGEST, checkpoint: whole, index: whole, path: list(DIGEST) })),
  }),
}

/** Read one of these files, strictly. Raises VersionError or FormatError. */
export function read<T>(raw: Bytes, format: Format<T>): T {
  const value: Json = readCanonical(raw)
  if (!isObject(value) || value['type'] !== format.type) throw new FormatError(`no ${format.type}`)
  if (value['v'] !== VERSION) throw new VersionError(`${format.type} of another version`)
  format.shape(value, '')
  return value as unknown as T
}

// One message or call in a list: when, who, the words, what was suggested.
import { labelName } from '../language/labels'
import { has, text } from '../language/language'
import { clockTime, durationText } from '../language/times'
import type { Tag, TimelineRecord } from '../serverPorts'

export function RecordRow({ record, onOpen }: { readonly record: TimelineRecord; readonly onOpen: () => void }) {
  return (
    <button type="button" class={`record ${record.direction === 'out' ? 'out' : ''}`} onClick={onOpen}>
      <span class="head">
        <span>{record.when_utc === null ? text('time-unknown') : clockTime(record.when_utc)}</span>
        <span>{whoOf(record)}</span>
        <span>{whatOf(record)}</span>
      </span>
      <span class="words">{wordsOf(record)}</span>
      <Chips tags={record.tags} />
    </button>
  )
}

/** One chip a label: how often it was suggested, and what waits for a decision. */
export function Chips({ tags }: { readonly tags: readonly Tag[] }) {
  if (tags.length === 0) return null
  return (
    <span class="chips">
      {byName(tags).map(([name, same]) => {
        const state = stateOf(same)
        return (
          <span key={name} class={`chip ${state}`}>
            {name}
            {same.length > 1 && ` ×${same.length}`}
            {' · '}
            {text(`decision-${state}`)}
          </span>
        )
      })}
    </span>
  )
}

/** Tags by what they stand for now: the kind they were corrected to, else the label, else the kind. */
export function byName(tags: readonly Tag[]): readonly (readonly [string, readonly Tag[]])[] {
  const found = new Map<string, Tag[]>()
  for (const tag of tags) {
    const suggested = tag.label === '' ? tag.kind_name : labelName(tag.label)
    const name = tag.decision?.decision === 'corrected' ? tag.decision.kind_name : suggested
    found.set(name, [...(found.get(name) ?? []), tag])
  }
  return [...found]
}

/** Of several tags with one label: undecided while any is, confirmed as soon as one is. */
export function stateOf(tags: readonly Tag[]): 'none' | 'confirmed' | 'rejected' {
  if (tags.some(({ decision }) => decision === null)) return 'none'
  return tags.some(({ decision }) => decision?.decision !== 'rejected') ? 'confirmed' : 'rejected'
}

/** A record's own words; of a recording those that a person heard, each with its second and speaker. */
export function wordsOf({ text: own, heard }: TimelineRecord): string {
  if (heard.length === 0) return own
  return heard.map((one) => `${durationText(one.start_s)} ${text(`segment-speaker-${one.speaker}`)}：${one.words}`).join('\n')
}

export function whoOf(record: TimelineRecord): string {
  return [record.peer_name, record.peer_number].find((known) => known !== '') ?? text('number-hidden')
}

export function whatOf(record: TimelineRecord): string {
  const direction = has(`direction-${record.direction}`) ? text(`direction-${record.direction}`) : ''
  const kind = has(`record-${record.kind}`) ? text(`record-${record.kind}`) : record.kind
  const duration = record.duration_s === null ? '' : durationText(record.duration_s)
  return [direction, kind, duration].filter((part) => part !== '').join(' ')
}

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
      <span class="words">{record.text ?? ''}</span>
      <Chips tags={record.tags} />
    </button>
  )
}

export function Chips({ tags }: { readonly tags: readonly Tag[] }) {
  if (tags.length === 0) return null
  return (
    <span class="chips">
      {tags.map((tag) => (
        <span key={tag.id} class={`chip ${tag.decision?.decision ?? ''}`}>
          {labelName(tag.label)}
          {' · '}
          {text(`decision-${tag.decision?.decision ?? 'none'}`)}
        </span>
      ))}
    </span>
  )
}

export function whoOf(record: TimelineRecord): string {
  return [record.peer_name, record.peer_number].find((known) => known !== null && known !== '') ?? text('number-hidden')
}

export function whatOf(record: TimelineRecord): string {
  const direction = record.direction !== null && has(`direction-${record.direction}`) ? text(`direction-${record.direction}`) : ''
  const kind = has(`record-${record.kind}`) ? text(`record-${record.kind}`) : record.kind
  const duration = record.duration_s === null ? '' : durationText(record.duration_s)
  return [direction, kind, duration].filter((part) => part !== '').join(' ')
}

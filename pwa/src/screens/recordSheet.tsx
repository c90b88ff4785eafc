// One record: its words with the marked span, each suggestion with its reason, the original at that place.
import { useState } from 'preact/hooks'
import { labelName } from '../language/labels'
import { text } from '../language/language'
import { fullTime } from '../language/times'
import type { Decision, Tag, TimelineRecord } from '../serverPorts'
import { useApp } from '../shell/app'
import { useAct } from '../shell/load'
import { Button, Problem, Sheet } from '../shell/parts'
import { whatOf, whoOf } from './recordRow'

interface RecordSheetProps {
  readonly record: TimelineRecord
  readonly onClose: () => void
  readonly onDecided: () => void
}

export function RecordSheet({ record, onClose, onDecided }: RecordSheetProps) {
  const { go } = useApp()
  const [marked, setMarked] = useState<Tag | null>(record.tags[0] ?? null)
  return (
    <Sheet title={text('record')} onClose={onClose}>
      {record.text !== null && <Words words={record.text} tag={marked} />}
      {record.tags.map((tag) => (
        <Suggestion key={tag.id} tag={tag} onLook={() => setMarked(tag)} onDecided={onDecided} />
      ))}
      {record.tags.length === 0 && <p class="hint">{text('no-suggestion')}</p>}
      <dl>
        <dt>{text('happened-claimed')}</dt>
        <dd>{record.when_utc === null ? text('time-unknown') : fullTime(record.when_utc)}</dd>
        {record.when_raw !== null && (
          <>
            <dt>{text('time-as-written')}</dt>
            <dd>{record.when_raw}</dd>
          </>
        )}
        <dt>{text('other-side')}</dt>
        <dd>{whoOf(record)}</dd>
        <dt>{text('record-what')}</dt>
        <dd>{whatOf(record)}</dd>
      </dl>
      <Button onClick={() => go({ name: 'item', id: record.item, record: record.id })}>{text('open-original')}</Button>
    </Sheet>
  )
}

/** Offsets count Unicode code points, as the tagger does; JavaScript counts UTF-16 units. */
function Words({ words, tag }: { readonly words: string; readonly tag: Tag | null }) {
  if (tag === null || tag.start === null || tag.end === null) return <blockquote class="card words">{words}</blockquote>
  const points = [...words]
  return (
    <blockquote class="card words">
      {points.slice(0, tag.start).join('')}
      <mark>{points.slice(tag.start, tag.end).join('')}</mark>
      {points.slice(tag.end).join('')}
    </blockquote>
  )
}

interface SuggestionProps {
  readonly tag: Tag
  readonly onLook: () => void
  readonly onDecided: () => void
}

/** A person confirms or rejects; suggestion and decision both stay. */
export function Suggestion({ tag, onLook, onDecided }: SuggestionProps) {
  const { server } = useApp()
  const [decided, setDecided] = useState<Decision['decision'] | null>(tag.decision?.decision ?? null)
  const { isBusy, problem, run } = useAct()
  const decide = (decision: 'confirmed' | 'rejected') =>
    run(async () => {
      await server.decide(tag.id, decision)
      setDecided(decision)
      onDecided()
    })
  return (
    <article class="card" onFocusCapture={onLook} onPointerDown={onLook}>
      <h3>{labelName(tag.label)}</h3>
      <p>{tag.reason}</p>
      <p class="hint">{text('suggested-by', { rule: tag.rule, version: tag.rule_version })}</p>
      <p role="status">{text(`decision-${decided ?? 'none'}`)}</p>
      <Problem error={problem} />
      <div class="acts">
        <Button isBusy={isBusy} aria-pressed={decided === 'confirmed'} onClick={() => void decide('confirmed')}>{text('confirm')}</Button>
        <Button isBusy={isBusy} aria-pressed={decided === 'rejected'} onClick={() => void decide('rejected')}>{text('reject')}</Button>
      </div>
    </article>
  )
}

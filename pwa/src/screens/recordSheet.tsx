// One record: its words with the marked span, each suggestion with its reason, the original at that place.
import { useState } from 'preact/hooks'
import { text } from '../language/language'
import { durationText, fullTime } from '../language/times'
import type { Tag, TimelineRecord } from '../serverPorts'
import { useApp } from '../shell/app'
import { Button, Sheet } from '../shell/parts'
import { PlaceOfRecord } from './originalPlace'
import { byName, whatOf, whoOf } from './recordRow'
import { OwnTag } from './ownTag'
import { Suggestion } from './suggestion'

interface RecordSheetProps {
  readonly record: TimelineRecord
  readonly onClose: () => void
  readonly onDecided: () => void
}

export function RecordSheet({ record, onClose, onDecided }: RecordSheetProps) {
  const { go } = useApp()
  const [isPlaceShown, setPlaceShown] = useState(false)
  const hasOwnPage = ['image', 'recording'].includes(record.kind) || isShown(record.locator)
  const [marked, setMarked] = useState<Tag | null>(record.tags[0] ?? null)
  const open = () => {
    onClose() // on the item's own page nothing else would take the sheet away
    go({ name: 'item', id: record.item, record: record.id })
  }
  return (
    <Sheet title={text('record')} onClose={onClose}>
      {record.text !== '' && <Words words={record.text} tag={marked?.heard === null ? marked : null} />}
      {record.heard.length > 0 && <h3>{text('heard-words')}</h3>}
      {record.heard.map((one) => (
        <div key={one.segment}>
          <p class="hint">{durationText(one.start_s)} · {text(`segment-speaker-${one.speaker}`)}</p>
          <Words words={one.words} tag={marked?.heard === one.segment ? marked : null} />
        </div>
      ))}
      {byName(record.tags).map(([name, tags]) => (
        <Suggestion key={name} name={name} tags={tags} wordsOf={(tag) => wordsOf(record, tag)} onLook={setMarked} onDecided={onDecided} />
      ))}
      {record.tags.length === 0 && <p class="hint">{text('no-suggestion')}</p>}
      {record.text !== '' && <OwnTag record={record} onDone={onDecided} />}
      <dl>
        <dt>{text('happened-claimed')}</dt>
        <dd>{record.when_utc === null ? text('time-unknown') : fullTime(record.when_utc)}</dd>
        {record.when_raw !== '' && (
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
      {isPlaceShown && <PlaceOfRecord record={record} />}
      <div class="acts">
        {!hasOwnPage && !isPlaceShown && <Button onClick={() => setPlaceShown(true)}>{text('open-original')}</Button>}
        <Button onClick={open}>{text(hasOwnPage ? 'open-original' : 'open-item')}</Button>
      </div>
    </Sheet>
  )
}

/** A bubble of a picture or a second of a film: the item's own page shows its place. */
function isShown(locator: unknown): boolean {
  return typeof locator === 'object' && locator !== null && ('box' in locator || 'seconds' in locator) && !('member' in locator)
}

/** The text in which a tag's offsets count: what was heard in its segment, or the record's own. */
function wordsOf(record: TimelineRecord, tag: Tag): string {
  return record.heard.find((one) => one.segment === tag.heard)?.words ?? record.text
}

/** Offsets count Unicode code points, as the tagger does; JavaScript counts UTF-16 units. */
function Words({ words, tag }: { readonly words: string; readonly tag: Tag | null }) {
  if (tag === null || (tag.start === tag.end && (tag.decision?.start ?? null) === null)) return <blockquote class="card words">{words}</blockquote>
  const points = [...words]
  const [start, end] = [tag.decision?.start ?? tag.start, tag.decision?.end ?? tag.end]
  return (
    <blockquote class="card words">
      {points.slice(0, start).join('')}
      <mark>{points.slice(start, end).join('')}</mark>
      {points.slice(end).join('')}
    </blockquote>
  )
}

// What was read out of one item, with its suggestions.
import { useState } from 'preact/hooks'
import { text } from '../language/language'
import type { Item, TimelineRecord } from '../serverPorts'
import { useApp } from '../shell/app'
import { useLoad } from '../shell/load'
import { Busy, Button, Problem } from '../shell/parts'
import { RecordRow } from './recordRow'
import { RecordSheet } from './recordSheet'

const AT_FIRST = 50

export function Records({ item, record }: { readonly item: Item; readonly record: string | null }) {
  const { server } = useApp()
  const records = useLoad(() => server.records(item.id), [item.id])
  const [open, setOpen] = useState<TimelineRecord | null>(null)
  const [shown, setShown] = useState(AT_FIRST)
  const all = records.value ?? []
  const from = Math.max(0, all.findIndex((one) => one.id === record) - 2)
  return (
    <section aria-labelledby="records-title">
      <h2 id="records-title">{text('records', { count: item.record_count })}</h2>
      <p class="hint">{text('records-are-readings')}</p>
      <Problem error={records.problem} again={records.again} />
      {records.isBusy && records.value === undefined && <Busy />}
      {all.slice(from, from + shown).map((one) => <RecordRow key={one.id} record={one} onOpen={() => setOpen(one)} />)}
      {all.length > from + shown && <Button onClick={() => setShown(shown + AT_FIRST)}>{text('more')}</Button>}
      {open !== null && <RecordSheet record={open} onClose={() => setOpen(null)} onDecided={records.again} />}
    </section>
  )
}

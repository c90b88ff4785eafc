// 时间线: the heat strip over the list of messages and calls, newest last; filters; tap for the words.
import { useEffect, useState } from 'preact/hooks'
import { ownWords } from '../care/care'
import { CareNote } from '../care/careNote'
import { LABELS, labelName } from '../language/labels'
import { text } from '../language/language'
import { beijingDay, dayName } from '../language/times'
import type { TimelineFilter, TimelineRecord } from '../serverPorts'
import { useApp } from '../shell/app'
import { useAct, useLoad } from '../shell/load'
import { Busy, Button, Field, Problem, Title } from '../shell/parts'
import { Findings } from './findings'
import { RecordRow } from './recordRow'
import { RecordSheet } from './recordSheet'

/** Loaded when asked for: the heat strip is enough at first. */
const FURTHER = ['calls_per_day', 'numbers_by_days', 'contact_map'] as const
const KINDS = ['sms', 'call', 'chat', 'recording'] as const

export function Timeline() {
  const { server, person, go } = useApp()
  const [filter, setFilter] = useState<TimelineFilter>({})
  const [open, setOpen] = useState<TimelineRecord | null>(null)
  const first = useLoad(() => server.timeline(person.case, filter), [person.case, filter])
  const [more, setMore] = useState<readonly TimelineRecord[]>([])
  const [next, setNext] = useState<string | null>(null)
  const paging = useAct()
  useEffect(() => {
    setMore([])
    setNext(first.value?.next ?? null)
  }, [first.value])

  const loadMore = () =>
    paging.run(async () => {
      if (next === null) return
      const page = await server.timeline(person.case, filter, next)
      setMore([...more, ...page.results])
      setNext(page.next ?? null)
    })
  const records = [...(first.value?.results ?? []), ...more]
  const isFiltered = Object.keys(filter).length > 0
  return (
    <section>
      <Title>{text('place-timeline')}</Title>
      <Pictures caseId={person.case} hasRecords={records.length > 0 || isFiltered} />
      <CareNote texts={ownWords(records)} />
      <Findings caseId={person.case} />
      <Button onClick={() => go({ name: 'numbers' })}>{text('numbers-who')}</Button>
      <Filters filter={filter} onFilter={setFilter} />
      <Problem error={first.problem} again={first.again} />
      {first.isBusy && <Busy />}
      {!first.isBusy && records.length === 0 && <p>{text(isFiltered ? 'timeline-none-match' : 'timeline-empty')}</p>}
      <ByDay records={records} onOpen={setOpen} />
      <Problem error={paging.problem} again={() => void loadMore()} />
      {next !== null && (
        <Button isBusy={paging.isBusy} onClick={() => void loadMore()}>{text('more')}</Button>
      )}
      {open !== null && <RecordSheet record={open} onClose={() => setOpen(null)} onDecided={first.again} />}
    </section>
  )
}

function Pictures({ caseId, hasRecords }: { readonly caseId: string; readonly hasRecords: boolean }) {
  const [isOpen, setOpen] = useState(false)
  if (!hasRecords) return null
  return (
    <>
      <Picture caseId={caseId} name="heat_strip" />
      <details class="card" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{text('more-pictures')}</summary>
        {isOpen && FURTHER.map((name) => <Picture key={name} caseId={caseId} name={name} />)}
      </details>
    </>
  )
}

/** Drawn by the server, as for the console and the paper; names and numbers are masked there. */
function Picture({ caseId, name }: { readonly caseId: string; readonly name: 'heat_strip' | (typeof FURTHER)[number] }) {
  const [isMissing, setMissing] = useState(false)
  if (isMissing) return null
  const isWide = name !== 'heat_strip'
  return (
    <figure class={isWide ? 'heat wide' : 'heat'} aria-label={text(`picture-${name}`)} tabIndex={isWide ? 0 : undefined}>
      <img src={`/api/cases/${caseId}/pictures/${name}.svg`} alt={text(`picture-${name}-alt`)} onError={() => setMissing(true)} />
    </figure>
  )
}

interface FiltersProps {
  readonly filter: TimelineFilter
  readonly onFilter: (filter: TimelineFilter) => void
}

function Filters({ filter, onFilter }: FiltersProps) {
  const set = (name: keyof TimelineFilter, value: string) => {
    const { [name]: _dropped, ...rest } = filter
    onFilter(value === '' ? rest : { ...rest, [name]: value })
  }
  const count = Object.keys(filter).length
  return (
    <details class="card">
      <summary>{text('filters', { count })}</summary>
      <div class="filters">
        <Select id="filter-kind" label={text('filter-kind')} value={filter.kind} onValue={(value) => set('kind', value)}
          options={KINDS.map((kind) => [kind, text(`record-${kind}`)])} />
        <Select id="filter-label" label={text('filter-label')} value={filter.label} onValue={(value) => set('label', value)}
          options={LABELS.map((label) => [label, labelName(label)])} />
        <Field id="filter-from" label={text('filter-from')}>
          <input id="filter-from" type="date" value={filter.from ?? ''} onChange={(event) => set('from', event.currentTarget.value)} />
        </Field>
        <Field id="filter-to" label={text('filter-to')}>
          <input id="filter-to" type="date" value={filter.to ?? ''} onChange={(event) => set('to', event.currentTarget.value)} />
        </Field>
      </div>
      <Field id="filter-number" label={text('filter-number')}>
        <input id="filter-number" inputMode="tel" autocomplete="off" value={filter.number ?? ''} onChange={(event) => set('number', event.currentTarget.value.trim())} />
      </Field>
      {count > 0 && <Button onClick={() => onFilter({})}>{text('filters-clear')}</Button>}
    </details>
  )
}

interface SelectProps {
  readonly id: string
  readonly label: string
  readonly value: string | undefined
  readonly options: readonly (readonly [string, string])[]
  readonly onValue: (value: string) => void
}

function Select({ id, label, value, options, onValue }: SelectProps) {
  return (
    <Field id={id} label={label}>
      <select id={id} value={value ?? ''} onChange={(event) => onValue(event.currentTarget.value)}>
        <option value="">{text('filter-all')}</option>
        {options.map(([key, name]) => <option key={key} value={key}>{name}</option>)}
      </select>
    </Field>
  )
}

function ByDay({ records, onOpen }: { readonly records: readonly TimelineRecord[]; readonly onOpen: (record: TimelineRecord) => void }) {
  const days = new Map<string, TimelineRecord[]>()
  for (const record of records) {
    const day = record.when_utc === null ? '' : beijingDay(record.when_utc)
    days.set(day, [...(days.get(day) ?? []), record])
  }
  return (
    <>
      {[...days].map(([day, ofDay]) => (
        <section key={day}>
          <h2 class="day">{day === '' ? text('day-unknown') : dayName(`${day}T12:00:00+08:00`)}</h2>
          {ofDay.map((record) => <RecordRow key={record.id} record={record} onOpen={() => onOpen(record)} />)}
        </section>
      ))}
    </>
  )
}

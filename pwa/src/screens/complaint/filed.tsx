// After filing: what the person handed in, what came of it, the next days, and what may be sent next.
import { dayName } from '../../language/times'
import { hasMessage, message, pick, text } from '../../language/language'
import type { Deadline, Filing, NewSince, Paper } from '../../serverPorts'
import { useApp } from '../../shell/app'
import { useAct, useLoad } from '../../shell/load'
import { Busy, Button, Problem, Title } from '../../shell/parts'
import { TellFiling, TellOutcome } from './tellFiling'

export function Filed({ id }: { readonly id: string }) {
  const { server } = useApp()
  const complaint = useLoad(() => server.complaints.get(id), [id])
  const filings = useLoad(() => server.complaints.filings(id), [id])
  const days = useLoad(() => server.complaints.deadlines(id), [id])
  const again = () => {
    filings.again()
    days.again()
  }
  const today = days.value?.today
  return (
    <section>
      <Title>{text('filed')}</Title>
      <p>{text('filed-what')}</p>
      <Problem error={complaint.problem ?? filings.problem ?? days.problem} again={again} />
      {(filings.value === undefined || days.value === undefined) && (filings.isBusy || days.isBusy) && <Busy />}
      {today !== undefined &&
        filings.value?.map((filing) => <FilingCard key={filing.id} filing={filing} today={today} onTold={again} />)}
      {days.value !== undefined && days.value.results.length > 0 && <Days id={id} days={days.value.results} />}
      {days.value !== undefined && days.value.new_since !== null && <New since={days.value.new_since} />}
      {today !== undefined && complaint.value !== undefined && (
        <TellFiling key={filings.value?.length} complaint={complaint.value} today={today} onTold={again} />
      )}
    </section>
  )
}

interface FilingCardProps {
  readonly filing: Filing
  readonly today: string
  readonly onTold: () => void
}

function FilingCard({ filing, today, onTold }: FilingCardProps) {
  return (
    <article class="card">
      <h2>{pick(filing.agency_zh, filing.agency_en)}</h2>
      <p>{text('filed-on', { day: dayName(filing.filed_on) })}</p>
      {filing.reference !== '' && <p>{text('filed-number', { number: filing.reference })}</p>}
      <KeptPaper item={filing.receipt} />
      <ul class="lines">
        {filing.outcomes.map((one) => (
          <li key={one.id} class="line">
            <p>{text(`outcome-${one.outcome}`)}</p>
            <p class="hint">{[dayName(one.on), one.reference].filter((part) => part !== '').join(' · ')}</p>
            <KeptPaper item={one.receipt} />
          </li>
        ))}
      </ul>
      <TellOutcome key={filing.outcomes.length} filing={filing} today={today} onTold={onTold} />
    </article>
  )
}

/** Leads to the photo or file of what the desk gave. */
function KeptPaper({ item }: { readonly item: string | null }) {
  const { go } = useApp()
  if (item === null) return null
  return <Button look="quiet" onClick={() => go({ name: 'item', id: item })}>{text('receipt-open')}</Button>
}

function Days({ id, days }: { readonly id: string; readonly days: readonly Deadline[] }) {
  const isAnyOpen = days.some((day) => day.status === 'waiting' || day.status === 'due_soon')
  return (
    <div class="card">
      <h2>{text('days')}</h2>
      <ul class="lines">
        {days.map((day) => <Day key={`${day.filing ?? ''}${day.alarm}`} day={day} />)}
      </ul>
      {isAnyOpen && (
        <>
          <a class="button plain" href={`/api/complaints/${id}/calendar.ics`} download>{text('days-calendar')}</a>
          <p class="hint">{text('days-calendar-what')}</p>
        </>
      )}
    </div>
  )
}

function Day({ day }: { readonly day: Deadline }) {
  const { go } = useApp()
  const passed = `deadline-${day.alarm}-passed`
  const isMet = day.status === 'met'
  return (
    <li class="line">
      <p class="name">{pick(day.what_zh, day.what_en)}</p>
      <p>
        <strong>{text(`day-${day.status}`)}</strong> {text('day-last', { day: dayName(day.due_on) })}
      </p>
      {!isMet && <p>{day.status === 'passed' && hasMessage(passed) ? message(passed) : message(`deadline-${day.alarm}`)}</p>}
      {day.next_agencies.length > 0 && (day.is_ours || day.status === 'passed') && (
        <>
          <p>{text('day-next', { agencies: day.next_agencies.map((one) => pick(one.agency_zh, one.agency_en)).join(pick('、', ', ')) })}</p>
          <Button look="quiet" onClick={() => go({ name: 'addressees' })}>{text('complaint-begin')}</Button>
        </>
      )}
      {day.filing !== null && day.papers.map((paper) => <WritePaper key={paper} filing={day.filing ?? ''} paper={paper} />)}
      <p class="hint">
        {text('day-counted', { day: dayName(day.counted_from), rule: day.rule_zh })}
        {!day.rule_is_verified && ` ${text('day-unverified')}`}
      </p>
    </li>
  )
}

/** Begins the paper that asks to look again, with what is known of the refusal, and leads to its questions. */
function WritePaper({ filing, paper }: { readonly filing: string; readonly paper: Paper }) {
  const { server, go } = useApp()
  const { isBusy, problem, run } = useAct()
  const begin = () =>
    void run(async () => {
      go({ name: 'interview', id: await server.complaints.followUp(filing, paper) })
    })
  return (
    <>
      <Problem error={problem} />
      <Button isBusy={isBusy} onClick={begin}>{text(`paper-${paper}`)}</Button>
    </>
  )
}

function New({ since }: { readonly since: NewSince }) {
  const isNothing = since.acts === 0 && since.exhibits.length === 0
  return (
    <div class="card">
      <h2>{text('new-since')}</h2>
      <p>{text('new-since-day', { day: dayName(since.filed_on) })}</p>
      {isNothing ? <p>{text('new-since-nothing')}</p> : <p>{text('new-since-count', { acts: since.acts, exhibits: since.exhibits.length })}</p>}
    </div>
  )
}

// The person tells that they handed something in, and what came of it.
import { useState } from 'preact/hooks'
import { pick, text } from '../../language/language'
import { OUTCOMES } from '../../serverPorts'
import type { Complaint, Filing, Outcome } from '../../serverPorts'
import { useApp } from '../../shell/app'
import { useAct, useLoad } from '../../shell/load'
import { Button, Field, Problem } from '../../shell/parts'
import { FilePicker } from './filePicker'

interface TellFilingProps {
  readonly complaint: Complaint
  readonly today: string
  readonly onTold: () => void
}

export function TellFiling({ complaint, today, onTold }: TellFilingProps) {
  const { server } = useApp()
  const desks = useLoad(() => server.complaints.agencies(), [])
  const [agency, setAgency] = useState(complaint.agency)
  const [day, setDay] = useState(today)
  const [reference, setReference] = useState('')
  const [receipt, setReceipt] = useState<string | null>(null)
  const [isWaiting, setIsWaiting] = useState(false)
  const { isBusy, problem, run } = useAct()
  const keep = (event: Event) => {
    event.preventDefault()
    void run(async () => {
      await server.complaints.tellFiling(complaint.id, { agency, filed_on: day, reference, receipt })
      onTold()
    })
  }
  return (
    <form class="card" onSubmit={keep}>
      <h2>{text('tell-filing')}</h2>
      <Field id="filing-agency" label={text('tell-filing-agency')}>
        <select id="filing-agency" value={agency} onChange={(event) => setAgency(event.currentTarget.value)}>
          {desks.value === undefined && <option value={complaint.agency}>{pick(complaint.agency_zh, complaint.agency_en)}</option>}
          {desks.value?.map((one) => <option key={one.id} value={one.id}>{pick(one.zh, one.en)}</option>)}
        </select>
      </Field>
      <Field id="filing-day" label={text('tell-filing-day')}>
        <input id="filing-day" type="date" required max={today} value={day} onInput={(event) => setDay(event.currentTarget.value)} />
      </Field>
      <Field id="filing-number" label={text('tell-number')} hint={text('tell-filing-receipt')}>
        <input id="filing-number" maxLength={100} value={reference} onInput={(event) => setReference(event.currentTarget.value)} aria-describedby="filing-number-hint" />
      </Field>
      <FilePicker id="filing-receipt" {...receiptWords()} onItem={setReceipt} onWaiting={setIsWaiting} />
      <Problem error={problem ?? desks.problem} />
      <Button type="submit" isBusy={isBusy} disabled={isWaiting}>{text('tell-keep')}</Button>
    </form>
  )
}

interface TellOutcomeProps {
  readonly filing: Filing
  readonly today: string
  readonly onTold: () => void
}

export function TellOutcome({ filing, today, onTold }: TellOutcomeProps) {
  const { server } = useApp()
  const [isOpen, setIsOpen] = useState(false)
  const [outcome, setOutcome] = useState<Outcome>('accepted')
  const [day, setDay] = useState(today)
  const [reference, setReference] = useState('')
  const [receipt, setReceipt] = useState<string | null>(null)
  const [isWaiting, setIsWaiting] = useState(false)
  const { isBusy, problem, run } = useAct()
  const keep = (event: Event) => {
    event.preventDefault()
    void run(async () => {
      await server.complaints.tellOutcome(filing.id, { outcome, on: day, reference, receipt })
      onTold()
    })
  }
  if (!isOpen) return <Button onClick={() => setIsOpen(true)}>{text('tell-outcome')}</Button>
  const control = (name: string) => `${name}-${filing.id}`
  return (
    <form onSubmit={keep}>
      <Field id={control('outcome')} label={text('tell-outcome-which')}>
        <select
          id={control('outcome')}
          value={outcome}
          onChange={(event) => setOutcome(OUTCOMES.find((one) => one === event.currentTarget.value) ?? outcome)}
        >
          {OUTCOMES.map((one) => <option key={one} value={one}>{text(`outcome-${one}`)}</option>)}
        </select>
      </Field>
      <Field id={control('day')} label={text('tell-outcome-day')}>
        <input id={control('day')} type="date" required max={today} value={day} onInput={(event) => setDay(event.currentTarget.value)} />
      </Field>
      <Field id={control('number')} label={text('tell-number')}>
        <input id={control('number')} maxLength={100} value={reference} onInput={(event) => setReference(event.currentTarget.value)} />
      </Field>
      <FilePicker id={control('receipt')} {...receiptWords()} onItem={setReceipt} onWaiting={setIsWaiting} />
      <Problem error={problem} />
      <Button type="submit" isBusy={isBusy} disabled={isWaiting}>{text('tell-keep')}</Button>
    </form>
  )
}

function receiptWords() {
  return { choose: text('receipt-choose'), how: text('receipt-how') }
}

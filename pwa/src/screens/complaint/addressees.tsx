// Who should hear this: danger first, the lender's type, then addressees in order, each with its why.
import { useState } from 'preact/hooks'
import { pick, text } from '../../language/language'
import type { Addressee } from '../../serverPorts'
import { useApp } from '../../shell/app'
import { useAct, useLoad } from '../../shell/load'
import { Busy, Button, Field, Problem, Title } from '../../shell/parts'
import { DangerNow } from '../welcome'
import { Limits } from './limits'
import { Bounces } from './preflight'

export function Addressees() {
  const { server } = useApp()
  const [lenderType, setLenderType] = useState('')
  const types = useLoad(() => server.complaints.lenderTypes(), [])
  return (
    <section>
      <DangerNow />
      <Title>{text('addressees')}</Title>
      <Problem error={types.problem} again={types.again} />
      <Field id="lender-type" label={text('lender-type')} hint={text('lender-type-hint')}>
        <select id="lender-type" value={lenderType} onChange={(event) => setLenderType(event.currentTarget.value)}>
          <option value="">{text('choose')}</option>
          {types.value?.results.map((type) => <option key={type.id} value={type.id}>{pick(type.zh, type.en)}</option>)}
        </select>
      </Field>
      {lenderType !== '' && <Route key={lenderType} lenderType={lenderType} />}
    </section>
  )
}

function Route({ lenderType }: { readonly lenderType: string }) {
  const { server, person } = useApp()
  const route = useLoad(() => server.complaints.routing(person.case, lenderType), [lenderType])
  if (route.problem !== undefined) return <Problem error={route.problem} again={route.again} />
  if (route.value === undefined) return <Busy />
  if (route.value.addressees.length === 0) return <p class="notice">{text('addressees-none')}</p>
  return (
    <>
      <p class="hint">{pick(route.value.severity_reason_zh, route.value.severity_reason_en)}</p>
      <p>{text('addressees-order')}</p>
      {route.value.addressees.map((addressee) => (
        <AddresseeCard key={addressee.agency} addressee={addressee} lenderType={lenderType} />
      ))}
    </>
  )
}

interface CardProps {
  readonly addressee: Addressee
  readonly lenderType: string
}

function AddresseeCard({ addressee, lenderType }: CardProps) {
  const { server, person, go } = useApp()
  const { isBusy, problem, run } = useAct()
  const begin = () =>
    run(async () => {
      const complaint = await server.complaints.begin(person.case, addressee.agency, lenderType)
      go({ name: 'interview', id: complaint.id })
    })
  return (
    <article class="card">
      <h2>{pick(addressee.agency_zh, addressee.agency_en)}</h2>
      <p>{pick(addressee.why_zh, addressee.why_en)}</p>
      <p class="hint">{addressee.document}</p>
      <Problem error={problem} />
      {addressee.depth === 'full' ? (
        <Button isBusy={isBusy} onClick={() => void begin()}>{text('write-to-them')}</Button>
      ) : (
        <>
          <p class="hint">{text(`depth-${addressee.depth}`)}</p>
          {addressee.depth === 'short' && <ShortForm caseId={person.case} agency={addressee.agency} />}
          <Points title={text('where-to-go')} points={addressee.where} />
          <Points title={text('what-to-take')} points={addressee.take} />
        </>
      )}
    </article>
  )
}

/** The case's own acts for the desk's form: nothing is sent from here, nothing leaves that the desk bounces. */
function ShortForm({ caseId, agency }: { readonly caseId: string; readonly agency: string }) {
  const { server } = useApp()
  const found = useLoad(() => server.complaints.shortPreflight(caseId, agency), [caseId, agency])
  const complaints = useLoad(() => server.complaints.list(caseId), [caseId])
  const asked = `?agency=${encodeURIComponent(agency)}`
  const again = () => {
    found.again()
    complaints.again()
  }
  return (
    <>
      <Problem error={found.problem ?? complaints.problem} again={again} />
      {found.value === undefined && found.isBusy && <Busy />}
      {found.value !== undefined && found.value.bounces.length > 0 && (
        <Bounces found={found.value} complaint={complaints.value?.at(-1)} desk={agency} onSaid={again} />
      )}
      {found.value !== undefined && <Limits found={found.value} />}
      {found.value?.blocks === false && (
        <p>
          <a class="button" href={`/api/cases/${caseId}/short.txt${asked}`} download>{text('short-text')}</a>
          <a class="button quiet" href={`/api/cases/${caseId}/short.csv${asked}`} download>{text('short-table')}</a>
          {found.value.parts_of !== null && <a class="button quiet" href={`/api/packages/${found.value.parts_of}/parts/${asked}`} download>{text('parts')}</a>}
        </p>
      )}
    </>
  )
}

function Points({ title, points }: { readonly title: string; readonly points: readonly string[] }) {
  if (points.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <ul lang="zh-CN">{points.map((point) => <li key={point}>{point}</li>)}</ul>
    </>
  )
}

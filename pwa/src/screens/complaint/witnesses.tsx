// 亲友说明: links for relatives, friends, colleagues; what came back; how each goes along with each complaint.
import { useState } from 'preact/hooks'
import { message, pick } from '../../language/language'
import { dayName, fullTime } from '../../language/times'
import type { Complaint, ComplaintWitnesses, WitnessForm, WitnessLink } from '../../serverPorts'
import { useApp } from '../../shell/app'
import { useAct, useLoad } from '../../shell/load'
import { Busy, Button, Field, Problem, Title } from '../../shell/parts'

export function Witnesses() {
  const { server, person } = useApp()
  const links = useLoad(() => server.witnesses.links(person.case), [person.case])
  const complaints = useLoad(() => server.complaints.list(person.case), [person.case])
  const isAnyAnswered = links.value?.some((link) => link.state === 'answered' || link.state === 'erased')
  return (
    <section>
      <Title>{message('witness-links')}</Title>
      <p>{message('witness-links-what')}</p>
      <p class="hint">{message('witness-links-limits')}</p>
      <Invite onMade={links.again} />
      <Problem error={links.problem ?? complaints.problem} again={links.again} />
      {links.value === undefined && links.isBusy && <Busy />}
      <ul class="lines">
        {links.value?.map((link) => <LinkLine key={link.id} link={link} onChanged={links.again} />)}
      </ul>
      {isAnyAnswered && complaints.value?.map((complaint) => <Beside key={complaint.id} complaint={complaint} />)}
    </section>
  )
}

/** The address is shown this once: the server keeps only its digest. */
function Invite({ onMade }: { onMade(): void }) {
  const { server, person } = useApp()
  const [label, setLabel] = useState('')
  const [url, setUrl] = useState('')
  const { isBusy, problem, run } = useAct()
  const invite = (event: Event) => {
    event.preventDefault()
    void run(async () => {
      setUrl(await server.witnesses.invite(person.case, label.trim()))
      setLabel('')
      onMade()
    })
  }
  return (
    <form class="card" onSubmit={invite}>
      <Field id="label" label={message('witness-links-label')} hint={message('witness-links-label-hint')}>
        <input id="label" value={label} maxLength={60} autocomplete="off" aria-describedby="label-hint" onInput={(event) => setLabel(event.currentTarget.value)} />
      </Field>
      <Problem error={problem} />
      <Button type="submit" look="primary" isBusy={isBusy}>{message('witness-links-make')}</Button>
      {url !== '' && (
        <div class="notice" role="status">
          <p>{message('witness-links-once')}</p>
          <p class="digest" id="witness-url">{url}</p>
          <Button onClick={() => void run(() => navigator.clipboard.writeText(url))}>{message('witness-links-copy')}</Button>
        </div>
      )}
    </form>
  )
}

function LinkLine({ link, onChanged }: { readonly link: WitnessLink; onChanged(): void }) {
  const { server } = useApp()
  const [isReading, setReading] = useState(false)
  const { isBusy, problem, run } = useAct()
  const revoke = () =>
    void run(async () => {
      await server.witnesses.revoke(link.id)
      onChanged()
    })
  const isLive = !link.is_revoked && Date.parse(link.expires_at) > Date.now()
  const mayRevoke = isLive && link.state !== 'erased'
  return (
    <li class="line">
      <p class="name">{link.label === '' ? message('witness-links-unnamed') : link.label}</p>
      <p>{message(`witness-links-${link.state}`)}</p>
      <p class="hint">{message('witness-links-until', { at: fullTime(link.expires_at) })}</p>
      <Problem error={problem} />
      <div class="acts">
        {link.state === 'answered' && (
          <Button aria-expanded={isReading} onClick={() => setReading(!isReading)}>{message('witness-links-read')}</Button>
        )}
        {mayRevoke && <Button isBusy={isBusy} onClick={revoke}>{message('witness-links-revoke')}</Button>}
      </div>
      {isReading && <Words link={link.id} />}
    </li>
  )
}

const CODED: ReadonlySet<string> = new Set(['relation', 'guarantor', 'channel', 'told_of_debt', 'asked_to_stop'])

function Words({ link }: { readonly link: string }) {
  const { server, go } = useApp()
  const told = useLoad(() => server.witnesses.statement(link), [link])
  if (told.value === undefined) return told.isBusy ? <Busy /> : <Problem error={told.problem} again={told.again} />
  const { answers, name, phone, item, pictures } = told.value
  const lines = Object.entries(answers)
    .filter(([, value]) => value !== '')
    .map(([question, value]) => [message(`witness-q-${question}`), CODED.has(question) ? message(`witness-${question}-${value}`) : value])
  const who = [
    [message('witness-q-name'), name],
    [message('witness-q-phone'), phone],
  ].filter(([, value]) => value !== '')
  return (
    <>
      <dl>
        {[...lines, ...who].map(([question, value]) => (
          <div key={question}>
            <dt>{question}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div class="acts">
        {[item, ...pictures].map((id, index) => (
          <Button key={id} look="quiet" onClick={() => go({ name: 'item', id })}>
            {message(index === 0 ? 'witness-part-statement' : 'witness-part-picture')}
          </Button>
        ))}
      </div>
    </>
  )
}

/** Within what the witness agreed to for this kind of desk, the borrower chooses. */
function Beside({ complaint }: { readonly complaint: Complaint }) {
  const { server } = useApp()
  const found = useLoad(() => server.witnesses.beside(complaint.id), [complaint.id])
  const { isBusy, problem, run } = useAct()
  const choose = (link: string, form: WitnessForm) =>
    void run(async () => found.set(await server.witnesses.chooseForm(complaint.id, link, form)))
  return (
    <article class="card">
      <h2>{pick(complaint.agency_zh, complaint.agency_en)}</h2>
      <Problem error={found.problem ?? problem} again={found.again} />
      {found.value === undefined && found.isBusy && <Busy />}
      {found.value?.results.map((one) => (
        <Choice key={one.link} complaint={complaint} one={one} isBusy={isBusy} choose={choose} />
      ))}
      {found.value?.erased.map((one) => (
        <p key={one.exhibit + one.erased_at} class="notice">
          {message('witness-links-gone', { exhibit: one.exhibit, day: dayName(one.erased_at) })}
        </p>
      ))}
    </article>
  )
}

interface ChoiceProps {
  readonly complaint: Complaint
  readonly one: ComplaintWitnesses['results'][number]
  readonly isBusy: boolean
  choose(link: string, form: WitnessForm): void
}

function Choice({ complaint, one, isBusy, choose }: ChoiceProps) {
  const id = `form-${complaint.id}-${one.link}`
  const forms: readonly WitnessForm[] = one.consent === 'none' ? [] : one.consent === 'named' ? ['left_out', 'masked', 'named'] : ['left_out', 'masked']
  const name = one.label === '' ? message('witness-links-unnamed') : one.label
  if (forms.length === 0) return <p>{message('witness-links-not-agreed', { name })}</p>
  return (
    <Field id={id} label={name} hint={one.exhibits.length > 0 ? message('witness-links-exhibits', { numbers: one.exhibits.join('、') }) : undefined}>
      <select id={id} value={one.form} disabled={isBusy} onChange={(event) => choose(one.link, event.currentTarget.value as WitnessForm)}>
        {forms.map((form) => (
          <option key={form} value={form}>
            {message(`witness-form-${form}`)}
          </option>
        ))}
      </select>
    </Field>
  )
}

// "Who is this": the borrower says whose number each one is, and how they know.
import { useState } from 'preact/hooks'
import { text } from '../language/language'
import { fullTime } from '../language/times'
import type { PhoneNumber, Role } from '../serverPorts'
import { useApp } from '../shell/app'
import { useAct, useLoad } from '../shell/load'
import { Busy, Button, Field, Problem, Title } from '../shell/parts'

const ROLES: readonly Role[] = ['unknown', 'lender', 'collector', 'witness', 'not_collection']

export function Numbers() {
  const { server, person } = useApp()
  const numbers = useLoad(() => server.numbers(person.case), [person.case])
  return (
    <section>
      <Title>{text('numbers-who')}</Title>
      <p>{text('numbers-why')}</p>
      <Problem error={numbers.problem} again={numbers.again} />
      {numbers.isBusy && <Busy />}
      {numbers.value?.length === 0 && <p>{text('numbers-none')}</p>}
      {numbers.value?.map((number) => <NumberCard key={number.number} number={number} />)}
    </section>
  )
}

function NumberCard({ number }: { readonly number: PhoneNumber }) {
  const { server, person } = useApp()
  const [role, setRole] = useState(number.role)
  const [howKnown, setHowKnown] = useState(number.how_known)
  const [isSaved, setSaved] = useState(false)
  const { isBusy, problem, run } = useAct()
  const save = () =>
    run(async () => {
      await server.nameNumber(person.case, number.number, role, howKnown)
      setSaved(true)
    })
  const id = `number-${number.number}`
  return (
    <article class="card">
      <h2>{number.number}</h2>
      <p class="hint">
        {number.name !== '' && `${number.name} · `}
        {text('number-counts', { records: number.records, calls: number.calls })}
      </p>
      {number.first !== null && number.last !== null && (
        <p class="hint">{text('number-span', { first: fullTime(number.first), last: fullTime(number.last) })}</p>
      )}
      <Field id={`${id}-role`} label={text('number-role')}>
        <select id={`${id}-role`} value={role} onChange={(event) => { setRole(ROLES.find((one) => one === event.currentTarget.value) ?? 'unknown'); setSaved(false) }}>
          {ROLES.map((one) => <option key={one} value={one}>{text(`role-${one}`)}</option>)}
        </select>
      </Field>
      <Field id={`${id}-how`} label={text('number-how')} hint={text('number-how-hint')}>
        <input id={`${id}-how`} value={howKnown} maxLength={300} onInput={(event) => { setHowKnown(event.currentTarget.value); setSaved(false) }} />
      </Field>
      <Problem error={problem} />
      <Button isBusy={isBusy} onClick={() => void save()}>{text('save')}</Button>
      <span role="status" class="hint">{isSaved && ` ${text('saved')}`}</span>
    </article>
  )
}

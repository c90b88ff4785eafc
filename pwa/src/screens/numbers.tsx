// "Who is this": the borrower says whose number each one is, and how they know.
import { useState } from 'preact/hooks'
import { text } from '../language/language'
import { fullTime } from '../language/times'
import type { PhoneNumber, Role } from '../serverPorts'
import { useApp } from '../shell/app'
import { useAct, useLoad } from '../shell/load'
import { Busy, Button, Field, Problem, Title } from '../shell/parts'
import { Matching } from './matching'

const LONGEST_HOW = 300
const ROLES: readonly Role[] = ['unknown', 'lender', 'collector', 'witness', 'not_collection']

export function Numbers() {
  const { server, person } = useApp()
  const numbers = useLoad(() => server.numbers(person.case), [person.case])
  return (
    <section>
      <Title>{text('numbers-who')}</Title>
      <p>{text('numbers-why')}</p>
      <Matching />
      <Problem error={numbers.problem} again={numbers.again} />
      {numbers.isBusy && <Busy />}
      {numbers.value?.length === 0 && <p>{text('numbers-none')}</p>}
      {numbers.value?.map((number) => <NumberCard key={number.number} number={number} />)}
    </section>
  )
}

function NumberCard({ number }: { readonly number: PhoneNumber }) {
  const { server, person } = useApp()
  const [known, setKnown] = useState(number)
  const [role, setRole] = useState(number.role)
  const [lender, setLender] = useState(number.lender)
  const [howKnown, setHowKnown] = useState(number.how_known)
  const [isSaved, setSaved] = useState(false)
  const { isBusy, problem, run } = useAct()
  const change = <T,>(set: (value: T) => void) => (value: T) => {
    set(value)
    setSaved(false)
  }
  const save = () =>
    run(async () => {
      setKnown(await server.nameNumber(person.case, number.number, { role, howKnown, lender }))
      setSaved(true)
    })
  const takeOver = () => {
    change(setLender)(known.tied_to)
    change(setHowKnown)(known.grounds.map((ground) => ground.sentence).join('；').slice(0, LONGEST_HOW))
    if (role === 'unknown') setRole('collector')
  }
  const id = `number-${number.number}`
  const isTheirs = role === 'lender' || role === 'collector' || role === 'unknown'
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
      <Grounds number={known} />
      <Field id={`${id}-role`} label={text('number-role')}>
        <select id={`${id}-role`} value={role} onChange={(event) => change(setRole)(ROLES.find((one) => one === event.currentTarget.value) ?? 'unknown')}>
          {ROLES.map((one) => <option key={one} value={one}>{text(`role-${one}`)}</option>)}
        </select>
      </Field>
      {isTheirs && (
        <Field id={`${id}-lender`} label={text('number-lender')} hint={text('number-lender-hint')}>
          <input id={`${id}-lender`} value={lender} maxLength={200} onInput={(event) => change(setLender)(event.currentTarget.value)} />
        </Field>
      )}
      <Field id={`${id}-how`} label={text('number-how')} hint={text('number-how-hint')}>
        <input id={`${id}-how`} value={howKnown} maxLength={LONGEST_HOW} onInput={(event) => change(setHowKnown)(event.currentTarget.value)} />
      </Field>
      {known.said_at !== null && <p class="hint">{text('number-said-at', { at: fullTime(known.said_at) })}</p>}
      <Problem error={problem} />
      <div class="acts">
        {isTheirs && known.tied_to !== '' && known.grounds.length > 0 && howKnown === '' && (
          <Button onClick={takeOver}>{text('number-take-over')}</Button>
        )}
        <Button isBusy={isBusy} onClick={() => void save()}>{text('save')}</Button>
      </div>
      <span role="status" class="hint">{isSaved && ` ${text('saved')}`}</span>
    </article>
  )
}

/** What the texts say of a number. A signature is a claim: anybody can sign with any name. */
function Grounds({ number }: { readonly number: PhoneNumber }) {
  if (number.grounds.length === 0) return null
  return (
    <section class="grounds">
      <h3>{text('number-grounds')}</h3>
      <ul>
        {number.grounds.map((ground) => (
          <li key={`${ground.how} ${ground.sentence}`}>
            {ground.sentence} <span class="hint">{text('number-ground-records', { count: ground.record_count })}</span>
          </li>
        ))}
      </ul>
      {number.conflicts.length > 0 && (
        <p class="notice" role="note">{text('number-conflict', { names: number.conflicts.join('、') })}</p>
      )}
      <p class="hint">{text('number-grounds-note')}</p>
    </section>
  )
}

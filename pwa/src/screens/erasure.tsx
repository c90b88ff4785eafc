// Erasing for good: ask with the passphrase, see the day, take it back while it waits.
import { useState } from 'preact/hooks'
import { text } from '../language/language'
import { beijingDay } from '../language/times'
import type { Case, Erasure } from '../serverPorts'
import { useApp } from '../shell/app'
import { useAct, useLoad } from '../shell/load'
import { Button, Problem } from '../shell/parts'
import { Passphrase } from './signIn'

export function Erasures() {
  const { server } = useApp()
  const asked = useLoad(() => server.erasures(), [])
  const cases = useLoad(() => server.cases(), [])
  const titles = new Map(cases.value?.map((one) => [one.id, one.title]))
  return (
    <details class="card">
      <summary>{text('erasure')}</summary>
      <p>{text('erasure-what')}</p>
      <p class="hint">{text('erasure-stays')}</p>
      <p class="hint">{text('erasure-handed')}</p>
      <Problem error={asked.problem} again={asked.again} />
      <Problem error={cases.problem} again={cases.again} />
      {asked.value?.map((one) => (
        <Waiting key={one.id} erasure={one} title={titles.get(one.subject) ?? ''} onChanged={asked.again} />
      ))}
      {cases.value !== undefined && <Ask cases={cases.value} onAsked={asked.again} />}
    </details>
  )
}

interface WaitingProps {
  readonly erasure: Erasure
  readonly title: string
  readonly onChanged: () => void
}

function Waiting({ erasure, title, onChanged }: WaitingProps) {
  const { server } = useApp()
  const { isBusy, problem, run } = useAct()
  const takeBack = () =>
    run(async () => {
      await server.takeErasureBack(erasure.id)
      onChanged()
    })
  const day = beijingDay(erasure.due_at)
  return (
    <div class="notice" role="status">
      <p>{text(`erasure-of-${erasure.scope}`, { title })}</p>
      <p>{text(`erasure-${erasure.state}`, { day })}</p>
      {erasure.held_reason !== '' && <p>{text(`erasure-held-${erasure.held_reason}`)}</p>}
      <Problem error={problem} />
      {erasure.state !== 'begun' && (
        <Button isBusy={isBusy} onClick={() => void takeBack()}>{text('erasure-take-back')}</Button>
      )}
    </div>
  )
}

function Ask({ cases, onAsked }: { readonly cases: readonly Case[]; readonly onAsked: () => void }) {
  const { server } = useApp()
  const [chosen, choose] = useState<string | null>(null)
  const [passphrase, setPassphrase] = useState('')
  const { isBusy, problem, run } = useAct()
  const ask = (event: Event) => {
    event.preventDefault()
    void run(async () => {
      await server.erase(chosen === '' ? null : chosen, passphrase)
      choose(null)
      setPassphrase('')
      onAsked()
    })
  }
  const choices = [...cases.map((one) => [one.id, text('erasure-of-case', { title: one.title })]), ['', text('erasure-of-account')]]
  return (
    <form onSubmit={ask}>
      <fieldset class="group">
        <legend>{text('erasure-choose')}</legend>
        {choices.map(([id = '', label]) => (
          <label class="tick" key={id}>
            <input type="radio" name="erasure" checked={chosen === id} onChange={() => choose(id)} />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      {chosen !== null && (
        <>
          <Passphrase value={passphrase} onValue={setPassphrase} />
          <Problem error={problem} />
          <Button type="submit" isBusy={isBusy}>{text('erasure-ask')}</Button>
        </>
      )}
    </form>
  )
}

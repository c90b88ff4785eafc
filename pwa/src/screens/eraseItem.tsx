// One item: what goes with it and what stays is said first, folded away until it is wanted.
import { useState } from 'preact/hooks'
import { text } from '../language/language'
import { beijingDay } from '../language/times'
import type { Erasure } from '../serverPorts'
import { useApp } from '../shell/app'
import { useAct } from '../shell/load'
import { Button, Problem } from '../shell/parts'
import { Passphrase } from './signIn'

export function EraseItem({ id }: { readonly id: string }) {
  const { server } = useApp()
  const [asked, setAsked] = useState<Erasure | null>(null)
  const [passphrase, setPassphrase] = useState('')
  const { isBusy, problem, run } = useAct()
  const ask = (event: Event) => {
    event.preventDefault()
    void run(async () => {
      setAsked(await server.eraseItem(id, passphrase))
      setPassphrase('')
    })
  }
  return (
    <details class="card">
      <summary>{text('erase-item')}</summary>
      <p>{text('erase-item-what')}</p>
      <p class="hint">{text('erase-item-packages')}</p>
      <p class="hint">{text('erasure-stays')}</p>
      <p class="hint">{text('erasure-handed')}</p>
      {asked === null ? (
        <form onSubmit={ask}>
          <Passphrase value={passphrase} onValue={setPassphrase} />
          <Problem error={problem} />
          <Button type="submit" isBusy={isBusy}>{text('erase-item-ask')}</Button>
        </form>
      ) : (
        <div class="notice" role="status">
          <p>{standing(asked)}</p>
          {asked.held_reason !== '' && <p>{text(`erasure-held-${asked.held_reason}`)}</p>}
        </div>
      )}
    </details>
  )
}

/** Without days to wait there is no day to name. */
function standing({ state, asked_at: from, due_at: due }: Erasure): string {
  if (state === 'waiting' && from === due) return text('erase-item-soon')
  return text(`erasure-${state}`, { day: beijingDay(due) })
}

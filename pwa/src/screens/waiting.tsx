// Exports that wait for a choice, on the collect screen: everything by one tap, or chosen in peace.
import { useEffect, useState } from 'preact/hooks'
import { text } from '../language/language'
import type { KeptReceipt } from '../ports'
import type { Item } from '../serverPorts'
import { useApp } from '../shell/app'
import { useAct } from '../shell/load'
import { Button, Problem } from '../shell/parts'
import { EVERYTHING } from './choosing'

const LOOK_MS = 2_000
const LOOKS = 30

/** Looks for a while after something came: sealing and looking inside take their time. */
export function Waiting({ receipts }: { readonly receipts: readonly KeptReceipt[] }) {
  const { server, person } = useApp()
  const [items, setItems] = useState<readonly Item[]>([])
  const arrived = receipts.length
  const look = () =>
    server.waiting(person.case).then(setItems, () => {
      // Offline: what is shown stays, the next look comes when something arrives or the screen opens.
    })
  useEffect(() => {
    if (arrived === 0) return
    let left = LOOKS
    void look()
    const timer = setInterval(() => {
      left -= 1
      if (left <= 0) clearInterval(timer)
      void look()
    }, LOOK_MS)
    return () => clearInterval(timer)
  }, [arrived])
  return <>{items.map((item) => <WaitingItem key={item.id} item={item} onChosen={() => void look()} />)}</>
}

export function WaitingItem({ item, onChosen }: { readonly item: Item; readonly onChosen: () => void }) {
  const { server, go } = useApp()
  const { isBusy, problem, run } = useAct()
  const all = () =>
    run(async () => {
      await server.choose(item.id, EVERYTHING)
      onChosen()
    })
  return (
    <article class="notice">
      <p class="name">{item.file_name === '' ? text(`kind-${item.kind}`) : item.file_name}</p>
      <p>{text('waits-for-choice')}</p>
      <Problem error={problem} />
      <div class="acts">
        <Button isBusy={isBusy} onClick={() => go({ name: 'choose', id: item.id })}>{text('choose-go')}</Button>
        <Button isBusy={isBusy} onClick={() => void all()}>{text('choose-all-now')}</Button>
      </div>
    </article>
  )
}

// A screenshot among others: gentle hints for a better picture, what it shares with another one, and
// the messages of overlapping pictures in one order. Joining can be undone, a doubt confirmed.
import { useState } from 'preact/hooks'
import { text } from '../language/language'
import type { Hint, Item, ScreenPair, Screens } from '../serverPorts'
import { useApp } from '../shell/app'
import { useAct, useLoad } from '../shell/load'
import { Busy, Button, Problem } from '../shell/parts'
import { RecordRow } from './recordRow'

export function ShotCard({ item }: { readonly item: Item }) {
  return (
    <>
      <Hints hints={item.hints} />
      {item.record_count > 0 && <SameMessages item={item} />}
    </>
  )
}

function Hints({ hints }: { readonly hints: readonly Hint[] }) {
  if (hints.length === 0) return null
  return (
    <article class="card hints" aria-labelledby="hints-title">
      <h2 id="hints-title">{text('hints')}</h2>
      <ul>{hints.map((hint) => <li key={hint.code}>{hint.text}</li>)}</ul>
      <p class="hint">{text('hints-note')}</p>
    </article>
  )
}

function SameMessages({ item }: { readonly item: Item }) {
  const { server, go } = useApp()
  const loaded = useLoad(() => server.screens(item.case), [item.case])
  const act = useAct()
  const said = loaded.value
  const pairs = (said?.pairs ?? []).filter((pair) => pair.first === item.id || pair.second === item.id)
  const strand = said?.strands.find((one) => one.items.includes(item.id))
  if (said === undefined || pairs.length === 0) return null

  const decide = (pair: ScreenPair, decision: 'joined' | 'apart') =>
    act.run(async () => loaded.set(await server.decidePair(item.case, pair.first, pair.second, decision)))
  return (
    <article class="card same-messages" aria-labelledby="same-title">
      <h2 id="same-title">{text('same-messages')}</h2>
      {pairs.map((pair) => (
        <div key={pair.first + pair.second}>
          <p>{wordsOf(pair, item)}</p>
          <p class="actions">
            <Button onClick={() => go({ name: 'item', id: otherOf(pair, item) })}>{text('same-open-other')}</Button>
            <Button isBusy={act.isBusy} onClick={() => void decide(pair, pair.counts_once ? 'apart' : 'joined')}>
              {text(pair.counts_once ? 'same-undo' : 'same-confirm')}
            </Button>
          </p>
        </div>
      ))}
      <Problem error={act.problem} again={loaded.again} />
      {said.is_looking && <p class="hint">{text('same-looking')}</p>}
      <p class="hint">{text('same-note')}</p>
      {strand !== undefined && <InOneOrder item={item} strand={strand} />}
    </article>
  )
}

function otherOf(pair: ScreenPair, item: Item): string {
  return pair.first === item.id ? pair.second : pair.first
}

function wordsOf(pair: ScreenPair, item: Item): string {
  const name = pair.first === item.id ? pair.second_name : pair.first_name
  if (pair.kind === 'duplicate') return text('same-duplicate', { name })
  const key = pair.counts_once ? 'same-overlap' : 'same-overlap-asked'
  return text(key, { name, count: pair.message_count })
}

/** Loaded when asked for. */
function InOneOrder({ item, strand }: { readonly item: Item; readonly strand: Screens['strands'][number] }) {
  const [isOpen, setOpen] = useState(false)
  if (!isOpen) {
    const counts = { pictures: strand.items.length, count: strand.message_count }
    return <Button onClick={() => setOpen(true)}>{text('same-in-order', counts)}</Button>
  }
  return <Messages caseId={item.case} strand={strand.id} />
}

function Messages({ caseId, strand }: { readonly caseId: string; readonly strand: string }) {
  const { server, go } = useApp()
  const told = useLoad(() => server.strand(caseId, strand), [caseId, strand])
  return (
    <>
      <Problem error={told.problem} again={told.again} />
      {told.isBusy && <Busy />}
      {(told.value ?? []).map((one) => (
        <RecordRow key={one.id} record={one} onOpen={() => go({ name: 'item', id: one.item, record: one.id })} />
      ))}
    </>
  )
}

// Decisions on an earlier reading whose words the newest reading does not have at that place.
import { text } from '../language/language'
import { fullTime } from '../language/times'
import type { Item, LeftBehind as Left } from '../serverPorts'
import { useApp } from '../shell/app'
import { useAct } from '../shell/load'
import { Button, Problem } from '../shell/parts'

export function LeftBehind({ item, onPutAway }: { readonly item: Item; readonly onPutAway: () => void }) {
  if (item.left_behind.length === 0) return null
  return (
    <article class="card left-behind" aria-labelledby="left-behind-title">
      <h2 id="left-behind-title">{text('left-behind', { count: item.left_behind.length })}</h2>
      <p class="hint">{text('left-behind-what')}</p>
      {item.left_behind.map((one) => <Line key={one.tags[0]} item={item} one={one} onPutAway={onPutAway} />)}
    </article>
  )
}

interface LineProps {
  readonly item: Item
  readonly one: Left
  readonly onPutAway: () => void
}

function Line({ item, one, onPutAway }: LineProps) {
  const { server } = useApp()
  const { isBusy, problem, run } = useAct()
  const putAway = () =>
    run(async () => {
      await server.decide(item.case, one.tags, 'rejected', '')
      onPutAway()
    })
  const when = one.when_utc === null ? text('time-unknown') : fullTime(one.when_utc)
  return (
    <div>
      <p>
        <span class="hint">{one.kinds.join(' · ')} · {when}</span>
        <br />“{one.words}”
      </p>
      <Problem error={problem} />
      <Button isBusy={isBusy} aria-label={text('left-behind-put-away-which', { words: one.words })} onClick={() => void putAway()}>
        {text('left-behind-put-away')}
      </Button>
    </div>
  )
}

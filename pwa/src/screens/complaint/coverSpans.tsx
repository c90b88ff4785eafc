// Stretches of a recording by its player or by typed times; asks for the copy in which they are a tone.
import type { RefObject } from 'preact'
import { useState } from 'preact/hooks'
import { text } from '../../language/language'
import { tenthText } from '../../language/times'
import type { Stretch } from '../../serverPorts'
import { useApp } from '../../shell/app'
import { useAct } from '../../shell/load'
import { Button, Problem } from '../../shell/parts'
import { usePlayer } from '../player'
import { TimeField } from '../timeField'
import { stretchOf, withStretch } from './stretches'

/** Heard before and after a stretch, so that one hears whether it begins and ends in the right place. */
const AROUND_S = 1

interface CoverSpansProps {
  readonly id: string
  readonly exhibit: string
  readonly item: string
  /** How long the recording is, in milliseconds. */
  readonly lasts: number
  readonly isMaking: boolean
  readonly onAsked: () => void
}

export function CoverSpans({ id, exhibit, item, lasts, isMaking, onAsked }: CoverSpansProps) {
  const { server } = useApp()
  const { isBusy, problem, run } = useAct()
  const { player, play } = usePlayer()
  const [spans, setSpans] = useState<readonly Stretch[]>([])
  const now = () => tenthText(Math.min((player.current?.currentTime ?? 0) * 1000, lasts))
  const make = () =>
    run(async () => {
      await server.complaints.redact(id, exhibit, { spans })
      setSpans([])
      onAsked()
    })
  return (
    <section>
      <div class="stays">
        <audio
          ref={player as RefObject<HTMLAudioElement>}
          controls
          preload="metadata"
          src={`/api/items/${item}/derivatives/playable/`}
          aria-label={text('cover-player', { number: exhibit })}
        />
      </div>
      <NewStretch lasts={lasts} now={now} onAdd={(one) => setSpans(withStretch(spans, one))} />
      <ol class="plain-list" aria-label={text('cover-list')}>
        {spans.map((span, place) => (
          <li class="line" key={span.join('-')}>
            <p>{text('cover-place', { place: place + 1, from: tenthText(span[0]), to: tenthText(span[1]) })}</p>
            <div class="acts">
              <Button onClick={() => play(Math.max(0, span[0] / 1000 - AROUND_S), span[1] / 1000 + AROUND_S)}>
                {text('cover-hear', { place: place + 1 })}
              </Button>
              <Button look="quiet" onClick={() => setSpans(spans.filter((one) => one !== span))}>
                {text('cover-remove', { place: place + 1 })}
              </Button>
            </div>
          </li>
        ))}
      </ol>
      <Problem error={problem} />
      <Button look="primary" isBusy={isBusy || isMaking} disabled={spans.length === 0} onClick={() => void make()}>
        {text('redact-make')}
      </Button>
    </section>
  )
}

interface NewStretchProps {
  readonly lasts: number
  readonly now: () => string
  readonly onAdd: (span: Stretch) => void
}

/** From and to: by the player's buttons or typed. The button says what is wrong instead of being dead. */
function NewStretch({ lasts, now, onAdd }: NewStretchProps) {
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [said, setSaid] = useState('')
  const add = () => {
    const found = stretchOf(from, to, lasts)
    if (typeof found === 'string') {
      setSaid(text(found))
      return
    }
    onAdd(found)
    setSaid(text('cover-added', { from: tenthText(found[0]), to: tenthText(found[1]) }))
    setFrom('')
    setTo('')
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <p class="hint">{text('cover-how', { lasts: tenthText(lasts) })}</p>
      <TimeField id="cover-from" label={text('cover-from')} take={text('cover-from-here')} value={from} onValue={setFrom} now={now} />
      <TimeField id="cover-to" label={text('cover-to')} take={text('cover-to-here')} value={to} onValue={setTo} now={now} />
      <p class="hint" role="status">{said}</p>
      <Button type="submit">{text('cover-add')}</Button>
    </form>
  )
}

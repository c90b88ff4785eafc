// Covers parts of a picture for good: boxes by finger, mouse or keys; the copy is made and shown by the server.
import { useEffect, useRef, useState } from 'preact/hooks'
import { problemText, text } from '../../language/language'
import type { Box, Redaction } from '../../serverPorts'
import { useApp } from '../../shell/app'
import { useAct, useLoad } from '../../shell/load'
import { Busy, Button, Problem, Title } from '../../shell/parts'
import { between, middle, placed, pressed } from './boxes'
import type { Size } from './boxes'

const LOOK_MS = 1_000

interface RedactProps {
  readonly id: string
  readonly exhibit: string
}

export function RedactScreen({ id, exhibit }: RedactProps) {
  const { server } = useApp()
  const loaded = useLoad(async () => {
    const [complaint, told] = await Promise.all([
      server.complaints.get(id),
      server.complaints.redactions(id, exhibit),
    ])
    const row = complaint.exhibits.find((one) => one.number === exhibit)
    return { item: row?.item ?? '', isWhole: row?.form === 'original', ...told }
  }, [id, exhibit])
  const isMaking = loaded.value?.results.some((one) => one.state === 'making') ?? false
  useEffect(() => {
    if (!isMaking) return
    const timer = setTimeout(loaded.again, LOOK_MS)
    return () => clearTimeout(timer)
  }, [loaded.value, isMaking])
  if (loaded.value === undefined) return loaded.isBusy ? <Busy /> : <Problem error={loaded.problem} again={loaded.again} />
  const { picture, results, item, isWhole } = loaded.value
  return (
    <section>
      <Title>{text('redact', { number: exhibit })}</Title>
      <p>{text('redact-what')}</p>
      <Problem error={loaded.problem} again={loaded.again} />
      {picture === null
        ? <p class="notice">{problemText('redaction_not_possible')}</p>
        : <Draw id={id} exhibit={exhibit} item={item} picture={picture} isMaking={isMaking} onAsked={loaded.again} />}
      {results.map((one, place) => (
        <Copy key={one.id} id={id} exhibit={exhibit} made={one} number={results.length - place} onChosen={loaded.again} />
      ))}
      {!isWhole && <Whole id={id} exhibit={exhibit} onChosen={loaded.again} />}
    </section>
  )
}

interface DrawProps extends RedactProps {
  readonly item: string
  readonly picture: Size
  readonly isMaking: boolean
  readonly onAsked: () => void
}

function Draw({ id, exhibit, item, picture, isMaking, onAsked }: DrawProps) {
  const { server } = useApp()
  const { isBusy, problem, run } = useAct()
  const [boxes, setBoxes] = useState<readonly Box[]>([])
  const [isDrawing, setDrawing] = useState(false)
  const change = (place: number, box: Box | null) =>
    setBoxes((before) => before.flatMap((one, at) => (at !== place ? [one] : box === null ? [] : [box])))
  const make = () =>
    run(async () => {
      await server.complaints.redact(id, exhibit, boxes)
      setBoxes([])
      onAsked()
    })
  return (
    <>
      <div class="acts">
        <Button aria-pressed={isDrawing} onClick={() => setDrawing(!isDrawing)}>{text('redact-draw')}</Button>
        <Button onClick={() => setBoxes([...boxes, middle(picture)])}>{text('redact-add')}</Button>
      </div>
      <p class="hint" id="redact-keys">{text('redact-keys')}</p>
      <Sheet item={item} exhibit={exhibit} picture={picture} boxes={boxes} isDrawing={isDrawing} change={change}
        add={(box) => setBoxes([...boxes, box])} />
      <ol class="plain-list">
        {boxes.map((box, place) => (
          <li class="line" key={place}>
            <p>{text('redact-place', { place: place + 1, left: box[0], top: box[1], width: box[2], height: box[3] })}</p>
            <Button look="quiet" onClick={() => change(place, null)}>{text('redact-remove', { place: place + 1 })}</Button>
          </li>
        ))}
      </ol>
      <Problem error={problem} />
      <Button look="primary" isBusy={isBusy || isMaking} disabled={boxes.length === 0} onClick={() => void make()}>
        {text('redact-make')}
      </Button>
    </>
  )
}

interface SheetProps {
  readonly item: string
  readonly exhibit: string
  readonly picture: Size
  readonly boxes: readonly Box[]
  readonly isDrawing: boolean
  readonly change: (place: number, box: Box | null) => void
  readonly add: (box: Box) => void
}

/** The picture with its boxes. While drawing is off, a finger scrolls the page as everywhere. */
function Sheet({ item, exhibit, picture, boxes, isDrawing, change, add }: SheetProps) {
  const area = useRef<HTMLDivElement>(null)
  const [from, setFrom] = useState<readonly [number, number] | null>(null)
  const [drawn, setDrawn] = useState<Box | null>(null)
  const pointOf = (event: PointerEvent): readonly [number, number] => {
    const around = area.current?.getBoundingClientRect()
    if (around === undefined) return [0, 0]
    return [part(event.clientX - around.left, around.width), part(event.clientY - around.top, around.height)]
  }
  const begin = (event: PointerEvent) => {
    if (!isDrawing) return
    event.preventDefault()
    area.current?.setPointerCapture(event.pointerId)
    setFrom(pointOf(event))
  }
  const draw = (event: PointerEvent) => from !== null && setDrawn(between(from, pointOf(event), picture))
  const end = () => {
    if (drawn !== null) add(drawn)
    setFrom(null)
    setDrawn(null)
  }
  return (
    <div ref={area} class={isDrawing ? 'place cutting' : 'place'} onPointerDown={begin} onPointerMove={draw} onPointerUp={end} onPointerCancel={end}>
      <img class="original" src={`/api/items/${item}/derivatives/page/`} alt={text('redact-alt', { number: exhibit })} draggable={false} />
      {boxes.map((box, place) => (
        <button
          key={place}
          type="button"
          class="cut"
          style={placed(box, picture)}
          aria-label={text('redact-place', { place: place + 1, left: box[0], top: box[1], width: box[2], height: box[3] })}
          aria-describedby="redact-keys"
          onKeyDown={(event) => {
            const next = event.key === 'Delete' ? null : pressed(event.key, event.shiftKey, box, picture)
            if (next === null && event.key !== 'Delete') return
            event.preventDefault()
            change(place, next)
          }}
        />
      ))}
      {drawn !== null && <span class="cut" style={placed(drawn, picture)} aria-hidden="true" />}
    </div>
  )
}

interface CopyProps extends RedactProps {
  readonly made: Redaction
  readonly number: number
  readonly onChosen: () => void
}

/** One copy, shown exactly as the server made it. */
function Copy({ id, exhibit, made, number, onChosen }: CopyProps) {
  const { server } = useApp()
  const { isBusy, problem, run } = useAct()
  const choose = () =>
    run(async () => {
      await server.complaints.chooseForm(id, exhibit, made.id)
      onChosen()
    })
  if (made.state === 'making') return <Busy label={text('redact-making')} />
  if (made.state === 'failed') return <p class="notice" role="alert">{problemText(made.problem)}</p>
  return (
    <article class="card">
      <h2>{text('redact-copy', { number })}</h2>
      <p>{text('redact-copy-what', { count: made.boxes.length })}</p>
      {made.frames > 1 && <p>{text('redact-first', { count: made.frames })}</p>}
      <img class="original" src={`/api/redactions/${made.id}/picture/`} alt={text('redact-copy-alt', { number, exhibit })} />
      <Problem error={problem} />
      {made.chosen
        ? <p class="state" role="status">{text('redact-chosen')}</p>
        : <Button isBusy={isBusy} onClick={() => void choose()}>{text('redact-choose', { number })}</Button>}
    </article>
  )
}

function Whole({ id, exhibit, onChosen }: RedactProps & { readonly onChosen: () => void }) {
  const { server } = useApp()
  const { isBusy, problem, run } = useAct()
  const giveUp = () =>
    run(async () => {
      await server.complaints.chooseForm(id, exhibit, null)
      onChosen()
    })
  return (
    <>
      <Problem error={problem} />
      <Button isBusy={isBusy} onClick={() => void giveUp()}>{text('redact-whole')}</Button>
    </>
  )
}

function part(of: number, whole: number): number {
  return whole > 0 ? Math.min(Math.max(of / whole, 0), 1) : 0
}

// Boxes on a picture by finger, mouse or keys; asks for the copy without what lies in them.
import { useRef, useState } from 'preact/hooks'
import { text } from '../../language/language'
import type { Box } from '../../serverPorts'
import { useApp } from '../../shell/app'
import { useAct } from '../../shell/load'
import { Button, Problem } from '../../shell/parts'
import { between, middle, placed, pressed } from './boxes'
import type { Size } from './boxes'

interface DrawProps {
  readonly id: string
  readonly exhibit: string
  readonly item: string
  readonly picture: Size
  readonly isMaking: boolean
  readonly onAsked: () => void
}

export function DrawBoxes({ id, exhibit, item, picture, isMaking, onAsked }: DrawProps) {
  const { server } = useApp()
  const { isBusy, problem, run } = useAct()
  const [boxes, setBoxes] = useState<readonly Box[]>([])
  const [isDrawing, setDrawing] = useState(false)
  const change = (place: number, box: Box | null) =>
    setBoxes((before) => before.flatMap((one, at) => (at !== place ? [one] : box === null ? [] : [box])))
  const make = () =>
    run(async () => {
      await server.complaints.redact(id, exhibit, { boxes })
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

function part(of: number, whole: number): number {
  return whole > 0 ? Math.min(Math.max(of / whole, 0), 1) : 0
}

// A suggestion set right: another kind, other words, and why. The suggestion itself stays beside it.
import { useEffect, useRef, useState } from 'preact/hooks'
import { text } from '../language/language'
import type { Tag } from '../serverPorts'
import { useApp } from '../shell/app'
import { useAct, useLoad } from '../shell/load'
import { Busy, Button, Field, Problem } from '../shell/parts'
import { points, units } from './spans'

const LONGEST_REASON = 500

interface CorrectProps {
  readonly tag: Tag
  readonly words: string
  readonly onDone: () => void
}

export function Correct({ tag, words, onDone }: CorrectProps) {
  const { server } = useApp()
  const kinds = useLoad(() => server.kinds(), [])
  const [kind, setKind] = useState(tag.kind)
  const [span, setSpan] = useState<readonly [number, number]>([tag.start, tag.end])
  const [reason, setReason] = useState('')
  const area = useRef<HTMLTextAreaElement>(null)
  const { isBusy, problem, run } = useAct()
  useEffect(() => area.current?.setSelectionRange(...units(words, tag.start, tag.end)), [kinds.value])
  const isSame = kind === tag.kind && span[0] === tag.start && span[1] === tag.end
  const save = () =>
    run(async () => {
      const isMoved = span[0] !== tag.start || span[1] !== tag.end
      await server.correct(tag.id, { kind, words: isMoved ? span : null, reason: reason.trim() })
      onDone()
    })
  if (kinds.value === undefined) return kinds.isBusy ? <Busy /> : <Problem error={kinds.problem} again={kinds.again} />
  const id = `correct-${tag.id}`
  return (
    <section>
      <Field id={`${id}-kind`} label={text('correct-kind')}>
        <select id={`${id}-kind`} value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
          {kinds.value.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}
        </select>
      </Field>
      {words !== '' && (
        <Field id={`${id}-words`} label={text('correct-words')} hint={text('correct-words-hint')}>
          <textarea
            id={`${id}-words`}
            ref={area}
            readOnly
            rows={4}
            value={words}
            onSelect={({ currentTarget: { selectionStart, selectionEnd } }) => {
              if (selectionStart < selectionEnd) setSpan(points(words, selectionStart, selectionEnd))
            }}
          />
        </Field>
      )}
      {span[0] < span[1] && <p role="status">{text('correct-chosen', { words: [...words].slice(...span).join('') })}</p>}
      <Field id={`${id}-why`} label={text('correct-why')}>
        <input id={`${id}-why`} value={reason} maxLength={LONGEST_REASON} onInput={(event) => setReason(event.currentTarget.value)} />
      </Field>
      <Problem error={problem} />
      <Button isBusy={isBusy} disabled={isSame} onClick={() => void save()}>{text('correct-do')}</Button>
    </section>
  )
}

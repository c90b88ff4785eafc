// Which kind, which words, and why: to set a suggestion right or to name what the machine did not see.
import { useEffect, useRef, useState } from 'preact/hooks'
import { text } from '../language/language'
import type { Correction } from '../serverPorts'
import { useApp } from '../shell/app'
import { useAct, useLoad } from '../shell/load'
import { Busy, Button, Field, Problem } from '../shell/parts'
import { points, units } from './spans'

const LONGEST_REASON = 500

interface TagFormProps {
  readonly id: string
  /** What stands now; an empty kind: nothing yet. */
  readonly kind: string
  readonly span: readonly [number, number]
  /** The text in which the span counts. */
  readonly words: string
  /** What the button says. */
  readonly act: string
  readonly onSave: (correction: Correction) => Promise<void>
}

export function TagForm({ id, kind: before, span: [start, end], words, act, onSave }: TagFormProps) {
  const { server } = useApp()
  const kinds = useLoad(() => server.kinds(), [])
  const [kind, setKind] = useState(before)
  const [span, setSpan] = useState<readonly [number, number]>([start, end])
  const [reason, setReason] = useState('')
  const area = useRef<HTMLTextAreaElement>(null)
  const { isBusy, problem, run } = useAct()
  useEffect(() => area.current?.setSelectionRange(...units(words, start, end)), [kinds.value])
  if (kinds.value === undefined) return kinds.isBusy ? <Busy /> : <Problem error={kinds.problem} again={kinds.again} />
  const isMoved = span[0] !== start || span[1] !== end
  const save = () => run(() => onSave({ kind, words: isMoved ? span : null, reason: reason.trim() }))
  return (
    <section>
      <Field id={`${id}-kind`} label={text('correct-kind')}>
        <select id={`${id}-kind`} value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
          {before === '' && <option value="">{text('choose-one')}</option>}
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
      <Button isBusy={isBusy} disabled={kind === '' || (kind === before && !isMoved)} onClick={() => void save()}>{act}</Button>
    </section>
  )
}

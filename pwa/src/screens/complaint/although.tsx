// The person's own word: that they sign by hand, and why a paper goes although a check holds.
import { useState } from 'preact/hooks'
import { text } from '../../language/language'
import type { Answers, Bounce, Complaint } from '../../serverPorts'
import { useAct } from '../../shell/load'
import { Button, Field, Problem } from '../../shell/parts'

type Keep = (answers: Answers) => Promise<void>

interface Said {
  readonly check: string
  readonly why: string
  readonly desk?: string
}

export function SignsByHand({ onKeep }: { readonly onKeep: Keep }) {
  const { isBusy, problem, run } = useAct()
  return (
    <>
      <Problem error={problem} />
      <Button isBusy={isBusy} onClick={() => void run(() => onKeep({ signs_by_hand: true }))}>{text('preflight-sign')}</Button>
    </>
  )
}

interface AlthoughProps {
  readonly bounce: Bounce
  readonly desk: string
  readonly complaint: Complaint
  readonly onKeep: Keep
}

export function Although({ bounce, desk, complaint, onKeep }: AlthoughProps) {
  const [why, setWhy] = useState(bounce.said)
  const { isBusy, problem, run } = useAct()
  const control = `although-${desk}-${bounce.code}`
  const others = saidIn(complaint.answers).filter((one) => one.check !== bounce.code || (one.desk ?? complaint.agency) !== desk)
  const keep = (said: readonly Said[]) => void run(() => onKeep({ goes_although: said }))
  return (
    <>
      <Field id={control} label={text('preflight-although')} hint={text('preflight-although-hint')}>
        <textarea id={control} aria-describedby={`${control}-hint`} rows={3} maxLength={500} value={why} onInput={(event) => setWhy(event.currentTarget.value)} />
      </Field>
      <Problem error={problem} />
      <p class="acts">
        <Button isBusy={isBusy} disabled={why.trim() === ''} onClick={() => keep([...others, { check: bounce.code, why: why.trim(), desk }])}>{text('preflight-keep')}</Button>
        {bounce.said !== '' && <Button look="quiet" isBusy={isBusy} onClick={() => keep(others)}>{text('preflight-take-back')}</Button>}
      </p>
    </>
  )
}

/** What was said before, of whichever check and desk: it is kept beside the new word. */
function saidIn(answers: Answers): readonly Said[] {
  const kept = answers['goes_although']
  return Array.isArray(kept) ? kept.filter(isSaid) : []
}

function isSaid(one: unknown): one is Said {
  return typeof one === 'object' && one !== null && 'check' in one && 'why' in one
}

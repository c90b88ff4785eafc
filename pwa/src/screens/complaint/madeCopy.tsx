// A redacted copy as it would leave, and the choice to hand it over.
import { problemText, text } from '../../language/language'
import type { Redaction } from '../../serverPorts'
import { useApp } from '../../shell/app'
import { useAct } from '../../shell/load'
import { Busy, Button, Problem } from '../../shell/parts'

interface MadeCopyProps {
  readonly id: string
  readonly exhibit: string
  readonly made: Redaction
  readonly number: number
  readonly onChosen: () => void
}

/** One copy, shown or played exactly as the server made it. */
export function MadeCopy({ id, exhibit, made, number, onChosen }: MadeCopyProps) {
  const { server } = useApp()
  const { isBusy, problem, run } = useAct()
  const choose = () =>
    run(async () => {
      await server.complaints.chooseForm(id, exhibit, made.id)
      onChosen()
    })
  const isSound = made.spans.length > 0
  if (made.state === 'making') return <Busy label={text('redact-making')} />
  if (made.state === 'failed') return <p class="notice" role="alert">{problemText(made.problem)}</p>
  return (
    <article class="card">
      <h2>{text('redact-copy', { number })}</h2>
      <p>{text(isSound ? 'cover-copy-what' : 'redact-copy-what', { count: made.spans.length + made.boxes.length })}</p>
      {made.frames > 1 && <p>{text('redact-first', { count: made.frames })}</p>}
      {isSound
        ? <audio controls preload="none" src={`/api/redactions/${made.id}/sound/`} aria-label={text('redact-copy-alt', { number, exhibit })} />
        : <img class="original" src={`/api/redactions/${made.id}/picture/`} alt={text('redact-copy-alt', { number, exhibit })} />}
      <Problem error={problem} />
      {made.chosen
        ? <p class="state" role="status">{text('redact-chosen')}</p>
        : <Button isBusy={isBusy} onClick={() => void choose()}>{text('redact-choose', { number })}</Button>}
    </article>
  )
}

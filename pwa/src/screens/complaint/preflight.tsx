// What would make the desk bounce it; each line leads to its question.
import { text } from '../../language/language'
import type { PreflightLine } from '../../serverPorts'
import { useApp } from '../../shell/app'
import { useLoad } from '../../shell/load'
import { Busy, Button, Problem } from '../../shell/parts'
import { questionsFor } from './questions'

export function Preflight({ id }: { readonly id: string }) {
  const { server, go } = useApp()
  const lines = useLoad(() => server.complaints.preflight(id), [id])
  const complaint = useLoad(() => server.complaints.get(id), [id])
  const goTo = (question: string) => {
    const step = questionsFor(complaint.value?.document_id ?? '').findIndex((one) => one.id === question)
    go({ name: 'interview', id, step: Math.max(0, step) })
  }
  return (
    <div class="card">
      <h2>{text('preflight')}</h2>
      <Problem error={lines.problem} again={lines.again} />
      {lines.value === undefined && lines.isBusy && <Busy />}
      {lines.value?.length === 0 && <p>{text('preflight-clear')}</p>}
      <ul class="plain-list">
        {lines.value?.map((line) => <Line key={line.code + (line.question ?? '')} line={line} onGo={goTo} />)}
      </ul>
    </div>
  )
}

function Line({ line, onGo }: { readonly line: PreflightLine; readonly onGo: (question: string) => void }) {
  return (
    <li>
      <p>
        <strong>{text(`preflight-${line.level}`)}</strong>
        {' '}
        {line.text}
      </p>
      {line.question !== null && <Button look="quiet" onClick={() => onGo(line.question ?? '')}>{text('preflight-answer')}</Button>}
    </li>
  )
}

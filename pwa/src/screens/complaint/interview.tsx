// The interview: one question a screen, saved as you go; any question may be left for the pen.
import { useEffect, useRef, useState } from 'preact/hooks'
import { textsIn } from '../../care/care'
import { CareNote } from '../../care/careNote'
import { hasMessage, language, message, text } from '../../language/language'
import type { Complaint } from '../../serverPorts'
import { useApp } from '../../shell/app'
import { useAct, useLoad } from '../../shell/load'
import { Busy, Button, Problem } from '../../shell/parts'
import { AnswerControl } from './answerControl'
import { questionsFor } from './questions'
import type { Question } from './questions'

interface InterviewProps {
  readonly id: string
  readonly first: number
}

export function Interview({ id, first }: InterviewProps) {
  const { server } = useApp()
  const complaint = useLoad(() => server.complaints.get(id), [id])
  if (complaint.problem !== undefined) return <Problem error={complaint.problem} again={complaint.again} />
  if (complaint.value === undefined) return <Busy />
  return <Questions complaint={complaint.value} first={first} />
}

function Questions({ complaint, first }: { readonly complaint: Complaint; readonly first: number }) {
  const { server, go } = useApp()
  const questions = questionsFor(complaint.document_id)
  const [at, setAt] = useState(Math.min(first, questions.length - 1))
  const [answers, setAnswers] = useState(complaint.answers)
  const [saved, setSaved] = useState(complaint.answers)
  const { isBusy, problem, run } = useAct()
  const question = questions[at]
  if (question === undefined) return null

  const later = questions.findIndex((one, place) => place > at && one.step !== question.step)
  const nextPart = later === -1 ? questions.length : later
  const step = (to: number) =>
    run(async () => {
      const answer = answers[question.id] ?? null
      if (JSON.stringify(answer) !== JSON.stringify(saved[question.id] ?? null)) {
        await server.complaints.answer(complaint.id, { [question.id]: answer })
        setSaved({ ...saved, [question.id]: answer })
      }
      if (to >= questions.length) go({ name: 'package', id: complaint.id })
      else setAt(to)
    })
  return (
    <form onSubmit={(event) => { event.preventDefault(); void step(at + 1) }}>
      <p class="hint">
        {message(`interview-step-${question.step ?? ''}`)} · {text('question-of', { n: at + 1, total: questions.length })}
      </p>
      <progress max={questions.length} value={at + 1} aria-label={text('question-of', { n: at + 1, total: questions.length })} />
      <QuestionTitle key={question.id} question={question} />
      {question.id === 'lender_legal_name' && <LegalNameHelp />}
      <AnswerControl
        key={`answer-${question.id}`}
        id={`answer-${question.id}`}
        question={question}
        value={answers[question.id]}
        onValue={(value) => setAnswers({ ...answers, [question.id]: value })}
      />
      <CareNote texts={textsIn(answers[question.id])} isTold={question.id === 'self_harm' && answers[question.id] === true} />
      <p class="hint">{text(question.required === true ? 'question-required' : 'question-optional')}</p>
      <Problem error={problem} />
      <div class="foot">
        {at > 0 && <Button isBusy={isBusy} onClick={() => void step(at - 1)}>{text('previous')}</Button>}
        <Button type="submit" look="primary" isBusy={isBusy}>{text(at + 1 === questions.length ? 'to-check' : 'next')}</Button>
      </div>
      <div class="acts">
        <Button look="quiet" onClick={() => void step(nextPart)}>{text('skip-part')}</Button>
        <Button look="quiet" onClick={() => void step(questions.length)}>{text('to-check')}</Button>
      </div>
    </form>
  )
}

/** An app's name is not the lender's: where the legal name stands. */
function LegalNameHelp() {
  const { server } = useApp()
  const types = useLoad(() => server.complaints.lenderTypes(), [])
  if (types.value === undefined) return null
  const places = language() === 'en' ? types.value.name_checklist_en : types.value.name_checklist_zh
  return (
    <details class="card">
      <summary>{text('legal-name-where')}</summary>
      <ul>{places.map((place) => <li key={place}>{place}</li>)}</ul>
    </details>
  )
}

function QuestionTitle({ question }: { readonly question: Question }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const hint = `interview-${question.id}-hint`
  return (
    <>
      <h1 ref={heading} tabIndex={-1} id="question">{message(`interview-${question.id}`)}</h1>
      {hasMessage(hint) && <p id="question-hint">{message(hint)}</p>}
    </>
  )
}

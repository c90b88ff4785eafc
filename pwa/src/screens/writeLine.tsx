// A line that the engine missed: from when to when, by whom, in which words. Marked as the person's own.
import { useState } from 'preact/hooks'
import { text } from '../language/language'
import { durationText } from '../language/times'
import type { Segment, Speaker } from '../serverPorts'
import { useApp } from '../shell/app'
import { useAct } from '../shell/load'
import { Button, Field, Problem } from '../shell/parts'
import { SpeakerChoice } from './speakerChoice'
import { TimeField, secondsOf } from './timeField'

interface WriteLineProps {
  readonly item: string
  /** Where the player stands, in seconds. */
  readonly now: () => number
  readonly onWritten: (segment: Segment) => void
}

export function WriteLine({ item, now, onWritten }: WriteLineProps) {
  const { server } = useApp()
  const { isBusy, problem, run } = useAct()
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [words, setWords] = useState('')
  const [speaker, setSpeaker] = useState<Speaker | null>(null)
  const [isSaved, setSaved] = useState(false)
  const [start, end] = [secondsOf(from), secondsOf(to)]
  const isTimed = start !== null && end !== null && start < end
  const stands = () => durationText(now())
  const save = () =>
    run(async () => {
      onWritten(await server.writeLine(item, start ?? 0, end ?? 0, words.trim(), speaker ?? 'unknown'))
      setFrom(to)
      setTo('')
      setWords('')
      setSaved(true)
    })
  return (
    <details class="write-line">
      <summary>{text('line-add')}</summary>
      <p class="hint">{text('line-add-what')}</p>
      <TimeField id={`line-from-${item}`} label={text('line-from')} value={from} onValue={setFrom} now={stands} />
      <TimeField id={`line-to-${item}`} label={text('line-to')} value={to} onValue={setTo} now={stands} />
      {from !== '' && to !== '' && !isTimed && <p class="hint" role="status">{text('line-time-wrong')}</p>}
      <SpeakerChoice name={`speaker-line-${item}`} chosen={speaker} onChoose={setSpeaker} />
      <Field id={`line-words-${item}`} label={text('segment-words')}>
        <textarea
          id={`line-words-${item}`}
          maxLength={2000}
          value={words}
          onInput={(event) => {
            setSaved(false)
            setWords(event.currentTarget.value)
          }}
        />
      </Field>
      <Problem error={problem} />
      {isSaved && <p role="status">{text('line-saved')}</p>}
      <Button isBusy={isBusy} disabled={!isTimed || speaker === null || words.trim() === ''} onClick={() => void save()}>
        {text('line-save')}
      </Button>
    </details>
  )
}

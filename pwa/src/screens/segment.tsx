// One segment of a draft: play it, then say whether it was said, by whom, and in which words.
import { useState } from 'preact/hooks'
import { text } from '../language/language'
import { durationText } from '../language/times'
import type { Segment, SegmentDecision, Speaker } from '../serverPorts'
import { useApp } from '../shell/app'
import { useAct } from '../shell/load'
import { Button, Field, Problem } from '../shell/parts'
import { SpeakerChoice } from './speakerChoice'

interface SegmentProps {
  readonly segment: Segment
  readonly play: (from: number, to: number) => void
  readonly onDecided: (segment: Segment) => void
}

export function SegmentCard({ segment, play, onDecided }: SegmentProps) {
  const [isPlayed, setPlayed] = useState(false)
  const [isOpen, setOpen] = useState(segment.decision === null)
  const { decision } = segment
  const [from, to] = [durationText(segment.start_s), durationText(segment.end_s)]
  return (
    <li class="segment">
      <Button
        onClick={() => {
          play(segment.start_s, segment.end_s)
          setPlayed(true)
        }}
      >
        ▶ {text('segment-play', { from, to })}
      </Button>
      {decision !== null && <Decided decision={decision} />}
      {segment.is_written && <p class="hint">{text('line-written')}</p>}
      {decision?.decision !== 'confirmed' && (
        <p class="draft">
          {!segment.is_written && <span class="hint">{text('segment-draft')}</span>}
          <br />
          {segment.text}
        </p>
      )}
      {segment.doubts.map((doubt) => <p class="hint" key={doubt}>? {text(`speech-doubt-${doubt}`)}</p>)}
      {isOpen ? (
        <Decide
          segment={segment}
          isPlayed={isPlayed}
          onDecided={(changed) => {
            setOpen(false)
            onDecided(changed)
          }}
        />
      ) : (
        <Button look="quiet" onClick={() => setOpen(true)}>{text('segment-again')}</Button>
      )}
    </li>
  )
}

function Decided({ decision }: { readonly decision: NonNullable<Segment['decision']> }) {
  return (
    <div role="status">
      <p class="hint">
        {text(`segment-${decision.decision}`)}
        {decision.decision !== 'rejected' && ` · ${text(`segment-speaker-${decision.speaker}`)}`}
      </p>
      {decision.words !== '' && <blockquote class="words">{decision.words}</blockquote>}
    </div>
  )
}

interface DecideProps {
  readonly segment: Segment
  readonly isPlayed: boolean
  readonly onDecided: (segment: Segment) => void
}

/** Nothing is chosen beforehand, and nothing is confirmed unheard; "not said" is always open. */
function Decide({ segment, isPlayed, onDecided }: DecideProps) {
  const { server } = useApp()
  const [speaker, setSpeaker] = useState<Speaker | null>(segment.decision?.speaker ?? null)
  const [words, setWords] = useState<string | null>(null)
  const { isBusy, problem, run } = useAct()
  const decide = (decision: SegmentDecision, heard = '') =>
    run(async () => onDecided(await server.decideSegment(segment.id, decision, speaker ?? 'unknown', heard)))
  const isReady = isPlayed && speaker !== null
  return (
    <>
      <SpeakerChoice name={`speaker-${segment.id}`} chosen={speaker} onChoose={setSpeaker} />
      {!isPlayed && <p class="hint">{text('segment-listen')}</p>}
      {words !== null && (
        <Field id={`words-${segment.id}`} label={text('segment-words')}>
          <textarea id={`words-${segment.id}`} maxLength={2000} value={words} onInput={(event) => setWords(event.currentTarget.value)} />
        </Field>
      )}
      <Problem error={problem} />
      <div class="acts">
        {words === null ? (
          <>
            <Button isBusy={isBusy} disabled={!isReady} onClick={() => void decide('confirmed')}>{text('segment-confirm')}</Button>
            <Button isBusy={isBusy} disabled={!isReady} onClick={() => setWords(segment.decision?.words || segment.text)}>{text('segment-correct')}</Button>
          </>
        ) : (
          <Button isBusy={isBusy} disabled={!isReady || words.trim() === ''} onClick={() => void decide('corrected', words)}>{text('segment-save')}</Button>
        )}
        <Button isBusy={isBusy} onClick={() => void decide('rejected')}>{text('segment-reject')}</Button>
      </div>
    </>
  )
}

// Words of a recording: a machine's draft, heard and decided segment by segment. Nothing confirms them all.
import { useEffect, useState } from 'preact/hooks'
import { problemText, text } from '../language/language'
import { durationText } from '../language/times'
import type { ConsentPurpose, Segment, Transcript } from '../serverPorts'
import { useApp } from '../shell/app'
import { useAct, useLoad } from '../shell/load'
import { Button, Problem } from '../shell/parts'
import { SegmentCard } from './segment'
import { WriteLine } from './writeLine'

const LOOK_AGAIN_MS = 4000
const AT_FIRST = 20

interface TranscriptProps {
  readonly item: string
  /** Plays the listening copy between two seconds. */
  readonly play: (from: number, to: number) => void
  /** Where the player stands, in seconds. */
  readonly now: () => number
}

/** States in which no draft can come any more, or none without the person: lines can be written. */
const WRITABLE = new Set(['made', 'off', 'failed', 'consent_missing'])

export function TranscriptCard({ item, play, now }: TranscriptProps) {
  const { server } = useApp()
  const loaded = useLoad(() => server.transcript(item), [item])
  const found = loaded.value
  useEffect(() => {
    if (found?.state !== 'waiting') return
    const later = setTimeout(loaded.again, LOOK_AGAIN_MS)
    return () => clearTimeout(later)
  }, [found])
  if (found === undefined) return <Problem error={loaded.problem} again={loaded.again} />
  if (found.state === 'not_a_recording') return null
  return (
    <section class="card" aria-labelledby="transcript-title">
      <h2 id="transcript-title">{text('transcript')}</h2>
      {found.state === 'made' ? (
        <Draft made={found} play={play} onChanged={(segments) => loaded.set({ ...found, segments })} />
      ) : (
        <NoDraft item={item} found={found} onAsked={loaded.set} />
      )}
      {WRITABLE.has(found.state) && (
        <WriteLine item={item} now={now} onWritten={(line) => loaded.set({ ...found, state: 'made', segments: inTime([...found.segments, line]) })} />
      )}
      <Problem error={loaded.problem} again={loaded.again} />
    </section>
  )
}

function inTime(segments: readonly Segment[]): readonly Segment[] {
  return [...segments].sort((one, other) => one.start_s - other.start_s)
}

interface NoDraftProps {
  readonly item: string
  readonly found: Transcript
  readonly onAsked: (transcript: Transcript) => void
}

/** Why there is no draft, and the one thing that can be done about it. */
function NoDraft({ item, found, onAsked }: NoDraftProps) {
  const { server } = useApp()
  const { isBusy, problem, run } = useAct()
  const ask = () => run(async () => onAsked(await server.askForTranscript(item)))
  const again = found.problem === null ? '' : text('transcript-failed', { problem: problemText(found.problem) })
  if (found.state === 'off') return <p class="hint">{text('transcript-off')}</p>
  if (found.state === 'waiting') return <p role="status">{again === '' ? text('transcript-waiting') : again}</p>
  if (found.state === 'consent_missing') return <Agree purpose={found.purpose ?? ''} onAgreed={ask} />
  return (
    <>
      <p>{again === '' ? text('transcript-none') : again}</p>
      <Problem error={problem} />
      <Button isBusy={isBusy} onClick={() => void ask()}>{text('transcript-ask')}</Button>
    </>
  )
}

/** The purpose in the server's words, then consent and the draft in one step. */
function Agree({ purpose, onAgreed }: { readonly purpose: string; readonly onAgreed: () => Promise<boolean> }) {
  const { server } = useApp()
  const purposes = useLoad(() => server.consents(), [])
  const { isBusy, problem, run } = useAct()
  const asked = purposes.value?.find((one) => one.purpose === purpose)
  if (asked === undefined) return <Problem error={purposes.problem} again={purposes.again} />
  const agree = ({ version }: ConsentPurpose) =>
    run(async () => {
      await server.consent([purpose], version)
      await onAgreed()
    })
  return (
    <>
      <p class="hint">{text('transcript-consent', { purpose: asked.title })}</p>
      <p>{asked.text}</p>
      <Problem error={problem} />
      <Button isBusy={isBusy} onClick={() => void agree(asked)}>{text('transcript-agree')}</Button>
    </>
  )
}

interface DraftProps {
  readonly made: Transcript
  readonly play: TranscriptProps['play']
  readonly onChanged: (segments: readonly Segment[]) => void
}

function Draft({ made, play, onChanged }: DraftProps) {
  const { segments } = made
  const [shown, setShown] = useState(AT_FIRST)
  const decided = segments.filter(({ decision }) => decision !== null).length
  const hasClaims = segments.some((one) => !one.is_written)
  const replace = (changed: Segment) => onChanged(segments.map((one) => (one.id === changed.id ? changed : one)))
  return (
    <>
      {hasClaims && <p class="notice">{text('transcript-draft')}</p>}
      {made.party !== null && <p class="hint">{text('transcript-outside', { party: made.party })}</p>}
      {segments.length === 0 ? <p>{text('transcript-empty')}</p> : <p class="hint">{text('transcript-count', { count: segments.length, decided })}</p>}
      <ol class="plain-list">
        {segments.slice(0, shown).map((segment) => (
          <SegmentCard key={segment.id} segment={segment} play={play} onDecided={replace} />
        ))}
      </ol>
      {segments.length > shown && <Button onClick={() => setShown(shown + AT_FIRST)}>{text('more')}</Button>}
      <Dropped of={made} />
    </>
  )
}

/** What cannot have been said: seconds and reason, never the words. */
function Dropped({ of }: { readonly of: Transcript }) {
  if (of.dropped.length === 0) return null
  return (
    <details>
      <summary>{text('transcript-dropped', { count: of.dropped.length })}</summary>
      <ul>
        {of.dropped.map(({ from_s: from, to_s: to, reason }) => (
          <li key={`${from}-${to}-${reason}`}>
            {durationText(from)}–{durationText(to)} · {text(`speech-dropped-${reason}`)}
          </li>
        ))}
      </ul>
    </details>
  )
}

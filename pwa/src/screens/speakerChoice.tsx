// Who said it: nothing is chosen beforehand.
import { text } from '../language/language'
import type { Speaker } from '../serverPorts'

const SPEAKERS: readonly Speaker[] = ['other', 'self', 'unknown']

interface SpeakerChoiceProps {
  readonly name: string
  readonly chosen: Speaker | null
  readonly onChoose: (speaker: Speaker) => void
}

export function SpeakerChoice({ name, chosen, onChoose }: SpeakerChoiceProps) {
  return (
    <fieldset>
      <legend>{text('segment-speaker')}</legend>
      <div class="acts">
        {SPEAKERS.map((one) => (
          <label class="tick" key={one}>
            <input type="radio" name={name} checked={chosen === one} onChange={() => onChoose(one)} />
            <span>{text(`segment-speaker-${one}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

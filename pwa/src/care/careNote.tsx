// A quiet offer to talk to somebody. It names no reason, blocks nothing, and is gone for this visit once
// put away; whoever looks over the shoulder sees one closed line.
import { useState } from 'preact/hooks'
import { language, text } from '../language/language'
import { beijingDay } from '../language/times'
import { Button } from '../shell/parts'
import { isHeavy, linesOn } from './care'

let isPutAway = false // for this visit alone: not even the phone keeps it

interface CareNoteProps {
  /** The person's own words that are on the screen. */
  readonly texts: readonly string[]
  /** The person said so themselves. */
  readonly isTold?: boolean
}

export function CareNote({ texts, isTold = false }: CareNoteProps) {
  const [isGone, setGone] = useState(isPutAway)
  if (isGone || !(isTold || isHeavy(texts))) return null
  const putAway = () => {
    isPutAway = true
    setGone(true)
  }
  return (
    <details class="card care">
      <summary>{text('care')}</summary>
      <p>{text('care-words')}</p>
      <ul class="plain-list">
        {linesOn(beijingDay(new Date().toISOString())).map((line) => (
          <li key={line.id}>
            {line[language()]}
            <p><a class="button" href={`tel:${line.number}`}>{line.number}</a></p>
          </li>
        ))}
      </ul>
      <p class="hint">{text('care-stays')}</p>
      <Button look="quiet" onClick={putAway}>{text('care-away')}</Button>
    </details>
  )
}

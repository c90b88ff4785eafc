// "Did others meet them, too?": what it means, then one tap to agree and one to take it back.
import { useState } from 'preact/hooks'
import { text } from '../language/language'
import { fullTime } from '../language/times'
import type { Matching as Standing } from '../serverPorts'
import { useApp } from '../shell/app'
import { useAct, useLoad } from '../shell/load'
import { Button, Problem } from '../shell/parts'

/** Nothing at all where the house has it switched off: there is nothing to decide. */
export function Matching() {
  const { server, person } = useApp()
  const standing = useLoad(() => server.matching(person.case), [person.case])
  if (standing.value === undefined) return <Problem error={standing.problem} again={standing.again} />
  if (standing.value.state === 'off') return null
  return <Card standing={standing.value} onChanged={standing.set} />
}

interface CardProps {
  readonly standing: Standing
  onChanged(standing: Standing): void
}

function Card({ standing, onChanged }: CardProps) {
  const { server, person } = useApp()
  const [isEnded, setEnded] = useState(false)
  const { isBusy, problem, run } = useAct()
  const takesPart = standing.state !== 'not_agreed'
  const change = () =>
    run(async () => {
      onChanged(await server.agreeToMatching(person.case, takesPart ? null : standing.version))
      setEnded(takesPart)
    })
  return (
    <details class="card">
      <summary>{text('matching')}</summary>
      <p role="status">{isEnded && !takesPart ? text('matching-ended') : standing.sentence}</p>
      {standing.given_at !== null && standing.counted_at !== null && (
        <p class="hint">{text('matching-since', { at: fullTime(standing.given_at), counted: fullTime(standing.counted_at) })}</p>
      )}
      <Results standing={standing} />
      <Words words={standing.words} isOpen={!takesPart} />
      <Problem error={problem} />
      <Button isBusy={isBusy} onClick={() => void change()}>
        {text(takesPart ? 'matching-withdraw' : 'matching-agree')}
      </Button>
    </details>
  )
}

function Results({ standing: { state, results } }: { readonly standing: Standing }) {
  if (state !== 'counted') return null
  if (results.length === 0) return <p>{text('matching-none')}</p>
  return (
    <ul>
      {results.map(({ sort, value, sentence }) => (
        <li key={`${sort} ${value}`}>
          <strong>{value}</strong>
          <br />
          {sentence}
        </li>
      ))}
    </ul>
  )
}

/** Before the consent in full; afterwards folded, and still there. */
function Words({ words, isOpen }: { readonly words: readonly string[]; readonly isOpen: boolean }) {
  const lines = words.map((one) => <p key={one}>{one}</p>)
  if (isOpen) return <>{lines}</>
  return (
    <details>
      <summary>{text('matching-what')}</summary>
      {lines}
    </details>
  )
}

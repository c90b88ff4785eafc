// Consent by purpose, before the first upload. Nothing is ticked beforehand.
import { useState } from 'preact/hooks'
import { text } from '../language/language'
import type { ConsentPurpose, Server } from '../serverPorts'
import { Markdown } from '../shell/markdown'
import { useAct } from '../shell/load'
import { Busy, Button, Problem, Title } from '../shell/parts'
import { usePlainLoad } from '../shell/plainLoad'

export function Consent({ server, onGiven }: { readonly server: Server; readonly onGiven: () => Promise<void> }) {
  const purposes = usePlainLoad(() => server.consents())
  const [given, setGiven] = useState<readonly string[]>([])
  const { isBusy, problem, run } = useAct()
  if (purposes.problem !== undefined) return <Problem error={purposes.problem} again={purposes.again} />
  if (purposes.value === undefined) return <Busy />

  const all = purposes.value
  const lacks = all.some((purpose) => purpose.is_required && !purpose.given && !given.includes(purpose.purpose))
  const give = () => run(async () => {
    // A purpose that names another party has a version of its own.
    for (const version of new Set(all.map((purpose) => purpose.version))) {
      const inIt = all.filter((purpose) => purpose.version === version && given.includes(purpose.purpose))
      if (inIt.length > 0) await server.consent(inIt.map((purpose) => purpose.purpose), version)
    }
    await onGiven()
  })
  const tick = (purpose: string, isOn: boolean) =>
    setGiven(isOn ? [...given, purpose] : given.filter((one) => one !== purpose))

  return (
    <section>
      <Title>{text('consent')}</Title>
      <p>{text('consent-why')}</p>
      <p class="notice">{text('consent-operator-can-read')}</p>
      {all.map((purpose) => (
        <PurposeCard key={purpose.purpose} purpose={purpose} isGiven={given.includes(purpose.purpose)} onTick={(isOn) => tick(purpose.purpose, isOn)} />
      ))}
      <Problem error={problem} />
      <Button look="primary" disabled={lacks} isBusy={isBusy} onClick={() => void give()}>
        {text('consent-give')}
      </Button>
      {lacks && <p class="hint">{text('consent-lacks')}</p>}
    </section>
  )
}

interface PurposeProps {
  readonly purpose: ConsentPurpose
  readonly isGiven: boolean
  readonly onTick: (isOn: boolean) => void
}

function PurposeCard({ purpose, isGiven, onTick }: PurposeProps) {
  return (
    <article class="card">
      <h2>
        {purpose.title} <small>{text(purpose.is_required ? 'consent-required' : 'consent-optional')}</small>
      </h2>
      <Markdown source={purpose.text} />
      <label class="tick">
        <input type="checkbox" checked={purpose.given || isGiven} disabled={purpose.given} onChange={(event) => onTick(event.currentTarget.checked)} />
        <span>{text('consent-agree', { purpose: purpose.title })}</span>
      </label>
    </article>
  )
}

// A third person's page, reached by the fragment of its address. Looking at it asks the server nothing.
import { useEffect, useState } from 'preact/hooks'
import { language, message, onLanguage, speak, text } from '../../language/language'
import type { AnswerStanding, WitnessServer } from '../../serverPorts'
import { QuickExit } from '../../shell/frame'
import { useAct } from '../../shell/load'
import { Busy, Button, Field, Mark, Problem, Title } from '../../shell/parts'
import { Answered } from './answered'
import { StatementForm } from './statementForm'
import { keepSecret, keptSecret } from './kept'

interface PageProps {
  readonly server: WitnessServer
  /** What stood in the fragment; '' where somebody comes back with their code alone. */
  readonly token: string
}

export function WitnessPage({ server, token }: PageProps) {
  const [secret, setSecret] = useState(() => keptSecret(token))
  const [, setSpoken] = useState(language())
  useEffect(() => onLanguage(() => setSpoken(language())), [])
  const other = language() === 'en' ? 'zh-CN' : 'en'
  const bind = async () => {
    const bound = await server.bind(token)
    keepSecret(token, bound)
    setSecret(bound)
  }
  return (
    <>
      <header class="top">
        <span class="brand">
          <Mark size={32} />
          {text('app-name')}
        </span>
        <QuickExit />
      </header>
      <main id="main" class="gate">
        {secret === '' ? (
          <Before canBegin={token !== ''} begin={bind} back={setSecret} />
        ) : (
          <Standing key={secret} server={server} secret={secret} leave={() => setSecret('')} />
        )}
        <Button look="quiet" onClick={() => void speak(other)} lang={other}>
          {text('other-language')}
        </Button>
      </main>
    </>
  )
}

interface BeforeProps {
  readonly canBegin: boolean
  begin(): Promise<void>
  back(secret: string): void
}

/** What is true before a word is written; only "begin" binds the link. */
function Before({ canBegin, begin, back }: BeforeProps) {
  const { isBusy, problem, run } = useAct()
  const [code, setCode] = useState('')
  return (
    <section>
      <Title>{message('witness-title')}</Title>
      <p>{message('witness-what')}</p>
      <p>{message('witness-free')}</p>
      <p class="notice">{message('witness-seen')}</p>
      <p>{message('witness-unchecked')}</p>
      <p class="hint">{message('witness-operator')}</p>
      {canBegin && (
        <>
          <p>{message('witness-once')}</p>
          <Problem error={problem} />
          <Button look="primary" isBusy={isBusy} onClick={() => void run(begin)}>
            {message('witness-begin')}
          </Button>
        </>
      )}
      <details class="card" open={!canBegin}>
        <summary>{message('witness-back-title')}</summary>
        <Field id="code" label={message('witness-back-code')} hint={message('witness-back-hint')}>
          <input id="code" value={code} autocomplete="off" spellcheck={false} aria-describedby="code-hint" onInput={(event) => setCode(event.currentTarget.value)} />
        </Field>
        <Button disabled={code.trim() === ''} onClick={() => back(code.trim())}>
          {message('witness-back-go')}
        </Button>
      </details>
    </section>
  )
}

interface StandingProps {
  readonly server: WitnessServer
  readonly secret: string
  leave(): void
}

function Standing({ server, secret, leave }: StandingProps) {
  const [standing, setStanding] = useState<AnswerStanding | null>(null)
  const [failed, setFailed] = useState<readonly string[]>([])
  const { problem, run } = useAct()
  const ask = () => void run(async () => setStanding(await server.standing(secret)))
  useEffect(ask, [])

  if (problem !== undefined && standing === null) {
    return (
      <>
        <Problem error={problem} again={ask} />
        <Button look="quiet" onClick={leave}>{text('back')}</Button>
      </>
    )
  }
  if (standing === null) return <Busy />
  const answered = (now: AnswerStanding, notArrived: readonly string[]) => {
    setFailed(notArrived)
    setStanding(now)
  }
  switch (standing.state) {
    case 'open':
    case 'bound':
      return <StatementForm server={server} secret={secret} onAnswered={answered} />
    case 'answered':
      return <Answered server={server} secret={secret} standing={standing} failed={failed} onChanged={setStanding} />
    default:
      return (
        <section>
          <Title>{message('witness-title')}</Title>
          <p class="notice" role="status">{message(`witness-${standing.state}`)}</p>
        </section>
      )
  }
}

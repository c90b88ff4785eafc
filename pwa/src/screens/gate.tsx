// Before the app: what this is and who runs it, sign-up or sign-in, the paper code, consent by purpose.
import { useEffect, useState } from 'preact/hooks'
import { text } from '../language/language'
import type { Me, Server, SignIn } from '../serverPorts'
import { QuickExit } from '../shell/frame'
import { Busy, Mark, Problem } from '../shell/parts'
import { remembered } from '../shell/person'
import type { Person } from '../shell/person'
import { Consent } from './consent'
import type { Step } from './gateStep'
import { RecoveryCode } from './recoveryCode'
import { RecoverForm, SecondFactorForm, SignInForm, SignUpForm } from './signIn'
import { Welcome } from './welcome'

interface GateProps {
  readonly server: Server
  readonly onEntered: (person: Person) => void
}

export function Gate({ server, onEntered }: GateProps) {
  const [step, setStep] = useState<Step>({ at: remembered() === null ? 'asking' : 'sign_in' })
  const [problem, setProblem] = useState<unknown>(null)

  const proceed = async () => {
    setProblem(null)
    setStep({ at: 'asking' })
    try {
      setStep(await nextStep(server, onEntered))
    } catch (error) {
      setProblem(error)
    }
  }
  const onSignIn = async (standing: SignIn) =>
    standing === 'second_factor' ? setStep({ at: 'second_factor' }) : await proceed()
  useEffect(() => void (step.at === 'asking' && proceed()), [])

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
        {problem === null ? screenOf(step, server, setStep, onSignIn, proceed) : <Problem error={problem} again={proceed} />}
      </main>
    </>
  )
}

function screenOf(
  step: Step,
  server: Server,
  go: (step: Step) => void,
  onSignIn: (standing: SignIn) => Promise<void>,
  proceed: () => Promise<void>,
) {
  const forms = { server, go, onSignIn }
  switch (step.at) {
    case 'asking':
      return <Busy />
    case 'welcome':
      return <Welcome go={go} />
    case 'sign_up':
      return <SignUpForm {...forms} />
    case 'sign_in':
      return <SignInForm {...forms} />
    case 'second_factor':
      return <SecondFactorForm {...forms} />
    case 'recover':
      return <RecoverForm {...forms} />
    case 'code':
      return <RecoveryCode server={server} onDone={proceed} />
    case 'consent':
      return <Consent server={server} onGiven={proceed} />
  }
}

/** What still lacks, in order; with nothing lacking the person enters. */
async function nextStep(server: Server, onEntered: (person: Person) => void): Promise<Step> {
  const standing = await server.standing()
  if (standing === 'second_factor') return { at: 'second_factor' }
  if (standing === 'nobody') return { at: 'welcome' }
  const me = await server.me()
  if (!me.has_recovery_code && !me.is_sample) return { at: 'code' }
  const purposes = await server.consents()
  if (purposes.some((purpose) => purpose.is_required && !purpose.given)) return { at: 'consent' }
  onEntered(await personOf(server, me))
  return { at: 'asking' }
}

async function personOf(server: Server, me: Me): Promise<Person> {
  const [first] = await server.cases()
  const open = first ?? (await server.openCase(text('first-case-title')))
  return { id: me.id, username: me.username, case: open.id, isSample: me.is_sample }
}

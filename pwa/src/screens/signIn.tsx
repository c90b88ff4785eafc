// The forms of signing up and in. No e-mail, no phone number, no real name is asked for.
import { useState } from 'preact/hooks'
import type { ComponentChildren } from 'preact'
import { ProblemError } from '../errors'
import { text } from '../language/language'
import type { LegalName, Server, SignIn } from '../serverPorts'
import { useAct } from '../shell/load'
import { Button, Field, Problem, Sheet, Title } from '../shell/parts'
import type { Step } from './gateStep'
import { LegalText } from './legalText'

interface FormProps {
  readonly server: Server
  readonly go: (step: Step) => void
  readonly onSignIn: (standing: SignIn) => Promise<void>
}

const LEGAL = ['privacy', 'responsible', 'terms'] as const

export function SignUpForm({ server, go, onSignIn }: FormProps) {
  const [username, setUsername] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [hasRead, setRead] = useState(false)
  const [reading, setReading] = useState<LegalName | null>(null)
  return (
    <Form title="sign-up" act={() => server.signUp(username, passphrase)} onSignIn={onSignIn} disabled={!hasRead}>
      <p>{text('sign-up-why')}</p>
      <Username value={username} onValue={setUsername} hint={text('username-hint')} />
      <Passphrase value={passphrase} onValue={setPassphrase} isNew />
      <ul class="plain-list">
        {LEGAL.map((name) => (
          <li key={name}>
            <Button look="quiet" onClick={() => setReading(name)}>
              {text(`legal-${name}`)}
            </Button>
          </li>
        ))}
      </ul>
      <label class="tick">
        <input type="checkbox" checked={hasRead} onChange={(event) => setRead(event.currentTarget.checked)} />
        <span>{text('legal-read')}</span>
      </label>
      <Other go={go} at="sign_in" label="have-account" />
      {reading !== null && (
        <Sheet title={text(`legal-${reading}`)} onClose={() => setReading(null)}>
          <LegalText server={server} name={reading} />
        </Sheet>
      )}
    </Form>
  )
}

export function SignInForm({ server, go, onSignIn }: FormProps) {
  const [username, setUsername] = useState('')
  const [passphrase, setPassphrase] = useState('')
  return (
    <Form title="sign-in" act={() => server.signIn(username, passphrase)} onSignIn={onSignIn}>
      <Username value={username} onValue={setUsername} />
      <Passphrase value={passphrase} onValue={setPassphrase} />
      <Other go={go} at="recover" label="forgot-passphrase" />
      <Other go={go} at="sign_up" label="sign-up" />
    </Form>
  )
}

export function SecondFactorForm({ server, go, onSignIn }: FormProps) {
  const [code, setCode] = useState('')
  return (
    <Form title="second-factor" act={() => server.secondFactor(code.replace(/\s/g, ''))} onSignIn={onSignIn}>
      <Field id="second-factor" label={text('second-factor-code')} hint={text('second-factor-hint')}>
        <input
          id="second-factor"
          required
          inputMode="numeric"
          autocomplete="one-time-code"
          value={code}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
      </Field>
      <Other go={go} at="sign_in" label="back" />
    </Form>
  )
}

export function RecoverForm({ server, go, onSignIn }: FormProps) {
  const [username, setUsername] = useState('')
  const [code, setCode] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const recover = async () => {
    await server.recover(username, code, passphrase)
    return server.signIn(username, passphrase)
  }
  return (
    <Form title="recover" act={recover} onSignIn={onSignIn}>
      <p>{text('recover-why')}</p>
      <Username value={username} onValue={setUsername} />
      <Field id="recovery-code" label={text('recovery-code')}>
        <input
          id="recovery-code"
          required
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          value={code}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
      </Field>
      <Passphrase value={passphrase} onValue={setPassphrase} isNew />
      <Other go={go} at="sign_in" label="back" />
    </Form>
  )
}

interface ActForm {
  readonly title: string
  readonly act: () => Promise<SignIn>
  readonly onSignIn: (standing: SignIn) => Promise<void>
  readonly disabled?: boolean
  readonly children: ComponentChildren
}

function Form({ title, act, onSignIn, disabled = false, children }: ActForm) {
  const { isBusy, problem, run } = useAct()
  const submit = (event: Event) => {
    event.preventDefault()
    void run(async () => {
      const standing = await act()
      // Not signed in after a good-looking answer: say so instead of showing the welcome page again.
      if (standing === 'nobody') throw new ProblemError('sign_in_refused', 401, text('problem-sign-in-refused'))
      await onSignIn(standing)
    })
  }
  return (
    <form onSubmit={submit}>
      <Title>{text(title)}</Title>
      {children}
      <Problem error={problem} />
      <Button type="submit" look="primary" isBusy={isBusy} disabled={disabled}>
        {text(`${title}-go`)}
      </Button>
    </form>
  )
}

interface TextProps {
  readonly value: string
  readonly onValue: (value: string) => void
  readonly hint?: string
}

function Username({ value, onValue, hint }: TextProps) {
  return (
    <Field id="username" label={text('username')} hint={hint}>
      <input
        id="username"
        required
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </Field>
  )
}

export function Passphrase({ value, onValue, isNew = false }: TextProps & { readonly isNew?: boolean }) {
  const [isShown, setShown] = useState(false)
  const common = {
    id: 'passphrase',
    required: true,
    minLength: isNew ? 10 : undefined,
    autocomplete: isNew ? ('new-password' as const) : ('current-password' as const),
    value,
    onInput: (event: Event & { readonly currentTarget: HTMLInputElement }) => onValue(event.currentTarget.value),
  }
  return (
    <Field id="passphrase" label={text(isNew ? 'new-passphrase' : 'passphrase')} hint={isNew ? text('passphrase-hint') : undefined}>
      {isShown ? <input {...common} type="text" /> : <input {...common} type="password" />}
      <label class="tick">
        <input type="checkbox" checked={isShown} onChange={(event) => setShown(event.currentTarget.checked)} />
        <span>{text('show-passphrase')}</span>
      </label>
    </Field>
  )
}

function Other({ go, at, label }: { readonly go: (step: Step) => void; readonly at: 'sign_in' | 'sign_up' | 'recover'; readonly label: string }) {
  return (
    <Button look="quiet" onClick={() => go({ at })}>
      {text(label)}
    </Button>
  )
}

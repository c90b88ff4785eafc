// 我的: language, paper code, space left, legal texts, consent, sign out.
import { useState } from 'preact/hooks'
import { language, speak, text, type Language } from '../language/language'
import { sizeText } from '../language/times'
import { useApp } from '../shell/app'
import { useAct, useLoad } from '../shell/load'
import { Busy, Button, Problem, Title } from '../shell/parts'
import { RecoveryCode } from './recoveryCode'
import { Consents } from './consents'
import { Erasures } from './erasure'
import { DangerNow } from './welcome'

const LEGAL = ['privacy', 'responsible', 'terms'] as const

export function MeScreen() {
  const { server, person } = useApp()
  const me = useLoad(() => server.me(), [])
  return (
    <section>
      <Title>{text('place-me')}</Title>
      <p class="name">{person.username}</p>
      <LanguageChoice />
      <Problem error={me.problem} again={me.again} />
      {me.isBusy && <Busy />}
      {me.value !== undefined && (
        <>
          <Quota used={me.value.quotas.bytes_used} limit={me.value.quotas.bytes_limit} />
          <PaperCode has={me.value.has_recovery_code} onMade={me.again} />
        </>
      )}
      <Consents />
      <Erasures />
      <LegalLinks />
      <p class="hint">{text('quick-exit-what')}</p>
      <SignOut />
      <DangerNow />
    </section>
  )
}

function LanguageChoice() {
  const { server } = useApp()
  const { problem, run } = useAct()
  // The tap shows at once: the words of the other language may take a while to arrive.
  const [chosen, setChosen] = useState(language())
  const choose = async (one: Language) => {
    setChosen(one)
    await run(async () => {
      await speak(one)
      await server.speak(one)
    })
    setChosen(language())
  }
  return (
    <fieldset class="group">
      <legend>{text('language')}</legend>
      {(['zh-CN', 'en'] as const).map((one) => (
        <label class="tick" key={one} lang={one}>
          <input type="radio" name="language" checked={chosen === one} onChange={() => void choose(one)} />
          <span>{one === 'en' ? 'English' : '简体中文'}</span>
        </label>
      ))}
      <Problem error={problem} />
    </fieldset>
  )
}

function Quota({ used, limit }: { readonly used: number; readonly limit: number }) {
  const words = text('quota', { used: sizeText(used), limit: sizeText(limit) })
  return (
    <div class="card">
      <h2>{text('space')}</h2>
      <progress max={limit} value={used} aria-label={words} />
      <p>{words}</p>
    </div>
  )
}

function PaperCode({ has, onMade }: { readonly has: boolean; readonly onMade: () => void }) {
  const { server } = useApp()
  const [isMaking, setMaking] = useState(false)
  if (isMaking) {
    return (
      <div class="card">
        <RecoveryCode server={server} onDone={async () => { setMaking(false); onMade() }} />
      </div>
    )
  }
  return (
    <div class="card">
      <h2>{text('recovery-code')}</h2>
      <p>{text(has ? 'recovery-code-have' : 'recovery-code-have-none')}</p>
      <Button onClick={() => setMaking(true)}>{text(has ? 'recovery-code-new' : 'recovery-code-make')}</Button>
    </div>
  )
}

function LegalLinks() {
  const { go } = useApp()
  return (
    <ul class="plain-list">
      {LEGAL.map((name) => (
        <li key={name}>
          <Button look="quiet" onClick={() => go({ name: 'legal', text: name })}>{text(`legal-${name}`)}</Button>
        </li>
      ))}
    </ul>
  )
}

function SignOut() {
  const { signOut, outbox } = useApp()
  const { isBusy, problem, run } = useAct()
  const unsent = outbox.view().lines.length
  return (
    <>
      {unsent > 0 && <p class="notice">{text('sign-out-unsent', { count: unsent })}</p>}
      <Problem error={problem} />
      <Button isBusy={isBusy} onClick={() => void run(signOut)}>{text('sign-out')}</Button>
    </>
  )
}

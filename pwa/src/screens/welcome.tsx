// The first page: one sentence on what this is, danger first, then in.
import { language, speak, text } from '../language/language'
import { Button, Mark, Title } from '../shell/parts'
import type { Step } from './gateStep'

export function Welcome({ go }: { readonly go: (step: Step) => void }) {
  const other = language() === 'en' ? 'zh-CN' : 'en'
  return (
    <section class="welcome">
      <Mark size={80} />
      <Title>{text('welcome-title')}</Title>
      <p>{text('welcome-what')}</p>
      <p class="hint">{text('welcome-limits')}</p>
      <DangerNow />
      <Button look="primary" onClick={() => go({ at: 'sign_up' })}>
        {text('sign-up')}
      </Button>
      <Button onClick={() => go({ at: 'sign_in' })}>{text('sign-in')}</Button>
      <Button look="quiet" onClick={() => void speak(other)} lang={other}>
        {text('other-language')}
      </Button>
    </section>
  )
}

/** Danger now: the police line, one tap, before any form. */
export function DangerNow() {
  return (
    <p class="danger">
      {text('danger-now')} <a href="tel:110">{text('call-110')}</a>
    </p>
  )
}

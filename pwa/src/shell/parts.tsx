// The few pieces that all screens are made of.
import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { codeOf, ProblemError } from '../errors'
import { problemText, text } from '../language/language'

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'disabled'> & {
  readonly look?: 'primary' | 'plain' | 'quiet'
  readonly isBusy?: boolean
  readonly type?: 'button' | 'submit'
  readonly disabled?: boolean
}

/** Seal-red is for the one primary action of a screen. */
export function Button({ look = 'plain', isBusy = false, type = 'button', disabled, children, ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} class={`button ${look}`} disabled={(disabled ?? false) || isBusy} aria-busy={isBusy}>
      {children}
    </button>
  )
}

/** What went wrong, in gentle words, and what can be done. Never a red wall. */
export function Problem({ error, again }: { readonly error: unknown; readonly again?: () => void }) {
  if (error === undefined || error === null) return null
  return (
    <div class="notice" role="alert">
      <p>{sentenceOf(error)}</p>
      {again !== undefined && <Button onClick={again}>{text('try-again')}</Button>}
    </div>
  )
}

export function sentenceOf(error: unknown): string {
  return error instanceof ProblemError && error.detail !== '' ? error.detail : problemText(codeOf(error))
}

export function Busy({ label }: { readonly label?: string }) {
  return (
    <p class="busy" role="status">
      <span class="dots" aria-hidden="true" />
      {label ?? text('loading')}
    </p>
  )
}

interface FieldProps {
  readonly id: string
  readonly label: string
  readonly hint?: string | undefined
  readonly children: ComponentChildren
}

/** A label that stays visible, its hint, and the control with the same id. */
export function Field({ id, label, hint, children }: FieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint !== undefined && hint !== '' && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
    </div>
  )
}

interface SheetProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ComponentChildren
}

/** A sheet from below; the browser's own dialog keeps focus and the Escape key right. */
export function Sheet({ title, onClose, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog ref={dialog} class="sheet" aria-labelledby="sheet-title" onClose={onClose}>
      <header>
        <h2 id="sheet-title">{title}</h2>
        <Button look="quiet" onClick={() => dialog.current?.close()}>
          {text('close')}
        </Button>
      </header>
      {children}
    </dialog>
  )
}

/** The heading of a screen takes the focus, so that a screen reader says where we are. */
export function Title({ children }: { readonly children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}

export function Mark({ size }: { readonly size: number }) {
  return <img class="mark" src="/icons/seal.svg" width={size} height={size} alt="" />
}

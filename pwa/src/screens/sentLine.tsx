// One file that the server holds, as a line that leads to it.
import type { ComponentChildren } from 'preact'
import { text } from '../language/language'
import { sizeText } from '../language/times'
import type { EvidenceKind } from '../ports'
import { useApp } from '../shell/app'

export function SentLine(of: {
  readonly item: string
  readonly name: string
  readonly kind: EvidenceKind
  readonly size: number
  readonly note?: string | undefined
  readonly isStamped: boolean
  readonly children: ComponentChildren
}) {
  const { go } = useApp()
  return (
    <li class="line">
      <button type="button" class="row" onClick={() => go({ name: 'item', id: of.item })}>
        <span class="name">{of.name === '' ? text(`kind-${of.kind}`) : of.name}</span>
        <span class="hint">
          {text(`kind-${of.kind}`)} · {sizeText(of.size)}
        </span>
        {of.note !== undefined && <span class="hint">{of.note}</span>}
        <span class={of.isStamped ? 'state stamped' : 'state'}>
          {of.children}
          {of.isStamped && ` → ${text('state-sealed')}`}
        </span>
      </button>
    </li>
  )
}

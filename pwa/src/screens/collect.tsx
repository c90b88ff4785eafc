// 收集: what the phone holds and how far each file has come. Nothing is called done too early.
import { useEffect, useState } from 'preact/hooks'
import { text } from '../language/language'
import { sizeText } from '../language/times'
import type { OutboxLine, OutboxView } from '../outbox/outbox'
import type { KeptReceipt } from '../ports'
import { problemText } from '../language/language'
import { useApp } from '../shell/app'
import { Button, Title } from '../shell/parts'
import { lazily } from '../shell/lazy'
import { Elsewhere, useElsewhere } from './elsewhere'
import { SentLine } from './sentLine'
import { DangerNow } from './welcome'

const WaitingHere = lazily(async () => (await import('./waiting')).Waiting)

export function Collect({ onAdd }: { readonly onAdd: () => void }) {
  const { outbox } = useApp()
  const [view, setView] = useState<OutboxView>(() => outbox.view())
  useEffect(() => outbox.subscribe(setView), [outbox])
  const elsewhere = useElsewhere(view.receipts)
  const isEmpty = view.lines.length === 0 && view.receipts.length === 0
  const isNothing = isEmpty && !elsewhere.hasMore && (elsewhere.items ?? []).length === 0
  return (
    <section>
      <Title>{text('place-collect')}</Title>
      <WaitingHere receipts={view.receipts} />
      {isNothing && <Empty onAdd={onAdd} />}
      {!isEmpty && <Summary view={view} />}
      <ul class="lines">
        {view.lines.map((line) => (
          <DraftLine key={line.draft.id} line={line} />
        ))}
        {newestFirst(view.receipts).map((receipt) => (
          <SentLine
            key={receipt.item}
            item={receipt.item}
            name={receipt.name}
            kind={receipt.kind}
            size={receipt.size}
            note={receipt.duplicate_text}
            isStamped={receipt.isSealed}
          >
            {text('state-matched')}
          </SentLine>
        ))}
      </ul>
      <Elsewhere sent={elsewhere} />
      <DangerNow />
    </section>
  )
}

function Empty({ onAdd }: { readonly onAdd: () => void }) {
  return (
    <div class="empty">
      <p>{text('collect-empty')}</p>
      <p class="hint">{text('collect-empty-how')}</p>
      <Button onClick={onAdd}>{text('add-evidence')}</Button>
    </div>
  )
}

/** "n of n" or it is not finished. */
function Summary({ view }: { readonly view: OutboxView }) {
  const total = view.lines.length + view.receipts.length
  return (
    <p class="summary" role="status">
      {text('outbox-summary', { matched: view.receipts.length, total })}
    </p>
  )
}

function DraftLine({ line }: { readonly line: OutboxLine }) {
  const { outbox } = useApp()
  const { draft, progress } = line
  const canPause = !draft.isPaused && draft.problem === null
  return (
    <li class="line">
      <p class="name">{draft.name}</p>
      <p class="hint">
        {text(`kind-${draft.kind}`)} · {sizeText(draft.size)}
      </p>
      <p class="state">{stateOf(line)}</p>
      {progress !== null && (
        <progress max={progress.total} value={progress.sent} aria-label={text('sending', { percent: percentOf(line) })} />
      )}
      <div class="acts">
        {canPause ? (
          <Button look="quiet" onClick={() => void outbox.pause(draft.id)}>{text('pause')}</Button>
        ) : (
          <Button look="quiet" onClick={() => void outbox.resume(draft.id)}>{text('resume')}</Button>
        )}
        {!canPause && <RemoveButton onRemove={() => void outbox.remove(draft.id)} />}
      </div>
    </li>
  )
}

/** Two taps: the bytes may exist nowhere else. */
function RemoveButton({ onRemove }: { readonly onRemove: () => void }) {
  const [isAsking, setAsking] = useState(false)
  return (
    <Button look="quiet" onClick={isAsking ? onRemove : () => setAsking(true)}>
      {text(isAsking ? 'remove-from-phone-sure' : 'remove-from-phone')}
    </Button>
  )
}

function stateOf({ draft, progress, waitingFor }: OutboxLine): string {
  if (draft.problem !== null) return problemText(draft.problem)
  if (draft.isPaused) return text('state-paused')
  if (waitingFor !== null) return text('state-waiting', { why: problemText(waitingFor) })
  return progress === null ? text('state-on-phone') : text('sending', { percent: percentOf({ draft, progress, waitingFor }) })
}

function percentOf({ progress }: OutboxLine): number {
  return progress === null || progress.total === 0 ? 0 : Math.floor((progress.sent / progress.total) * 100)
}

function newestFirst(receipts: readonly KeptReceipt[]): readonly KeptReceipt[] {
  return [...receipts].sort((a, b) => b.received_at.localeCompare(a.received_at))
}

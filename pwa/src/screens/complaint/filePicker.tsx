// One photo or file on the way to something else: kept like all evidence, named by its item once the
// server has it.
import { useEffect, useState } from 'preact/hooks'
import { keep } from '../../capture/capture'
import { openDigest } from '../../digest/digest'
import { text } from '../../language/language'
import type { Draft, KeptReceipt } from '../../ports'
import { useApp } from '../../shell/app'
import { useAct } from '../../shell/load'
import { Busy, Problem } from '../../shell/parts'

interface FilePickerProps {
  /** Apart from those of other forms on the page. */
  readonly id: string
  /** What the button says, and what is kept as the way in which the person came by it. */
  readonly choose: string
  readonly how: string
  /** The item's id, or null while there is none. */
  readonly onItem: (item: string | null) => void
  /** Whether a chosen file is still on its way. */
  readonly onWaiting: (isWaiting: boolean) => void
}

export function FilePicker({ id, choose, how, onItem, onWaiting }: FilePickerProps) {
  const { store, outbox, person } = useApp()
  const [draft, setDraft] = useState<Draft | null>(null)
  const sent = useReceipt(draft)
  const { isBusy, problem, run } = useAct()

  useEffect(() => onItem(sent?.item ?? null), [sent?.item])
  const isWaiting = isBusy || (draft !== null && sent === undefined)
  useEffect(() => onWaiting(isWaiting), [isWaiting])

  const picked = (event: Event & { readonly currentTarget: HTMLInputElement }) => {
    const file = event.currentTarget.files?.[0]
    if (file === undefined) return
    void run(async () => {
      const declaration = { source: 'received', device: '', how } as const
      const choice = { file, kind: 'document', owner: person.id, case: person.case, batch: crypto.randomUUID(), declaration, at: new Date() } as const
      setDraft(await keep(choice, store, openDigest))
      void outbox.start()
    })
  }
  return (
    <div class="picking">
      <input id={id} class="picker" type="file" accept="image/*,application/pdf" disabled={isWaiting} onChange={picked} />
      <label class="button plain" for={id} aria-disabled={isWaiting}>{choose}</label>
      <Problem error={problem} />
      {isWaiting && <Busy label={text('file-sending')} />}
      {draft !== null && sent !== undefined && <p role="status">{text('file-kept', { name: draft.name })}</p>}
    </div>
  )
}

/** The server's receipt for a draft, as soon as the outbox has it. */
function useReceipt(draft: Draft | null): KeptReceipt | undefined {
  const { outbox } = useApp()
  const [receipts, setReceipts] = useState<readonly KeptReceipt[]>([])
  useEffect(() => outbox.subscribe((view) => setReceipts(view.receipts)), [outbox])
  return draft === null ? undefined : receipts.find((one) => one.sha256 === draft.sha256 && one.case === draft.case)
}

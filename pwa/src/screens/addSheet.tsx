// The + sheet: what kind of file, its limits before choosing, where it comes from; then it is copied.
import { useState } from 'preact/hooks'
import { keep } from '../capture/capture'
import { DIRECT_MAX_BYTES, FILE_MAX_BYTES, guessKind, OFFERS, SOURCES } from '../capture/kinds'
import type { KindOffer } from '../capture/kinds'
import { forgetShared } from '../capture/shared'
import type { SharedFile } from '../capture/shared'
import { openDigest } from '../digest/digest'
import { text } from '../language/language'
import { sizeText } from '../language/times'
import type { Declaration, EvidenceKind, Source } from '../ports'
import { useApp } from '../shell/app'
import { Busy, Button, Field, sentenceOf, Sheet } from '../shell/parts'

type Copying = { readonly name: string; readonly copied: number; readonly size: number } | null

interface AddProps {
  /** Files another app shared with us; null: the person chooses with the picker. */
  readonly shared: readonly SharedFile[] | null
  readonly onClose: () => void
}

export function AddSheet({ shared, onClose }: AddProps) {
  const [offer, setOffer] = useState<KindOffer | null>(null)
  const [refusals, setRefusals] = useState<readonly string[]>([])
  const [copying, setCopying] = useState<Copying>(null)
  const keepAll = useKeeping(setCopying)

  const keepThem = async (choices: readonly Chosen[], declaration: Declaration) => {
    const refused = await keepAll(choices, declaration)
    if (shared !== null) await forgetShared(shared.map(({ key }) => key))
    setRefusals(refused)
    if (refused.length === 0) onClose()
  }
  return (
    <Sheet title={shared === null ? text('add-evidence') : text('shared-files', { count: shared.length })} onClose={onClose}>
      {refusals.map((refusal) => (
        <p class="notice" role="alert" key={refusal}>{refusal}</p>
      ))}
      {copying !== null ? (
        <CopyingNow copying={copying} />
      ) : shared === null && offer === null ? (
        <Kinds onOffer={setOffer} />
      ) : (
        <DeclareForm offer={offer} shared={shared ?? []} onChosen={keepThem} />
      )}
    </Sheet>
  )
}

interface Chosen {
  readonly file: File
  readonly kind: EvidenceKind
}

/** Keeps files one after another; answers with a sentence for each that was refused. */
function useKeeping(show: (copying: Copying) => void) {
  const { store, outbox, person, go } = useApp()
  return async (chosen: readonly Chosen[], declaration: Declaration): Promise<readonly string[]> => {
    const refused: string[] = []
    const batch = crypto.randomUUID()
    for (const { file, kind } of chosen) {
      show({ name: file.name, copied: 0, size: file.size })
      try {
        const choice = { file, kind, owner: person.id, case: person.case, batch, declaration, at: new Date() }
        await keep(choice, store, openDigest, (copied) => show({ name: file.name, copied, size: file.size }))
      } catch (error) {
        refused.push(text('file-refused', { name: file.name, why: sentenceOf(error) }))
      }
    }
    show(null)
    void outbox.start()
    go({ name: 'collect' })
    return refused
  }
}

function CopyingNow({ copying }: { readonly copying: NonNullable<Copying> }) {
  return (
    <>
      <Busy label={text('copying', { name: copying.name })} />
      <progress max={copying.size} value={copying.copied} aria-label={text('copying', { name: copying.name })} />
    </>
  )
}

function Kinds({ onOffer }: { readonly onOffer: (offer: KindOffer) => void }) {
  return (
    <>
      <p class="hint">{text('limits', { file: sizeText(FILE_MAX_BYTES), direct: sizeText(DIRECT_MAX_BYTES) })}</p>
      <ul class="lines">
        {OFFERS.map((offer) => (
          <li key={offer.kind} class="line">
            <button type="button" class="row" onClick={() => onOffer(offer)}>
              <span class="name">{text(`kind-${offer.kind}`)}</span>
              <span class="hint">{text(`kind-${offer.kind}-hint`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

interface DeclareProps {
  /** Null when the files are here already, shared by another app. */
  readonly offer: KindOffer | null
  readonly shared: readonly SharedFile[]
  readonly onChosen: (choices: readonly Chosen[], declaration: Declaration) => Promise<void>
}

/** One declaration for the batch: asked before the picker, because the picker begins the copying. */
function DeclareForm({ offer, shared, onChosen }: DeclareProps) {
  const [source, setSource] = useState<Source | null>(null)
  const [device, setDevice] = useState('')
  const [how, setHow] = useState('')
  const keepThem = (choices: readonly Chosen[]) => void (source !== null && onChosen(choices, { source, device, how }))
  return (
    <>
      <fieldset>
        <legend>{text('source-question')}</legend>
        {SOURCES.map((one) => (
          <label class="tick" key={one}>
            <input type="radio" name="source" checked={source === one} onChange={() => setSource(one)} />
            <span>{text(`source-${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <Field id="device" label={text('source-device')}>
        <input id="device" value={device} maxLength={120} onInput={(event) => setDevice(event.currentTarget.value)} />
      </Field>
      <Field id="how" label={text('source-how')}>
        <input id="how" value={how} maxLength={500} onInput={(event) => setHow(event.currentTarget.value)} />
      </Field>
      {offer === null ? (
        <Button look="primary" disabled={source === null} onClick={() => keepThem(shared.map(guessed))}>{text('keep-shared')}</Button>
      ) : (
        <FilePicker offer={offer} isReady={source !== null} onFiles={(files) => keepThem(files.map((file) => ({ file, kind: offer.kind })))} />
      )}
      {source === null && <p class="hint">{text('source-first')}</p>}
    </>
  )
}

function guessed({ file }: SharedFile): Chosen {
  return { file, kind: guessKind(file.type, file.name) }
}

interface PickerProps {
  readonly offer: KindOffer
  readonly isReady: boolean
  readonly onFiles: (files: readonly File[]) => void
}

function FilePicker({ offer, isReady, onFiles }: PickerProps) {
  const picked = (event: Event & { readonly currentTarget: HTMLInputElement }) => {
    const files = [...(event.currentTarget.files ?? [])]
    if (files.length > 0) onFiles(files)
  }
  return (
    <>
      <input id="files" class="picker" type="file" multiple accept={offer.accept} disabled={!isReady} onChange={picked} />
      <label class="button primary" for="files" aria-disabled={!isReady}>
        {text('choose-files', { kind: text(`kind-${offer.kind}`) })}
      </label>
    </>
  )
}

// The form: which package, whom to trust, as of when. Native fields, so that keyboard and screen reader work.
import type { Bytes } from '../bytes.js'
import { utf8 } from '../bytes.js'
import { ROOTS } from 'virtual:built'
import { TrustArgumentError } from '../errors.js'
import type { Trusted } from '../verify/trusted.js'
import { MAX_FILE_BYTES, readRoots, trustedOf } from '../verify/trusted.js'
import type { Choice } from './choosing.js'
import { fromDrop, fromFile, fromInput, fromPicker } from './choosing.js'
import { element } from './elements.js'
import type { Language } from './words.js'
import { say } from './words.js'

export interface Order {
  readonly choice: Choice
  readonly fingerprint: string
  readonly trustFiles: readonly File[]
  readonly rootList: File | null
  readonly day: string
  readonly sm3: string
}

/** `onOrder` is called when the person asks for a check. */
export function makeForm(language: Language, onOrder: (order: Order) => void): HTMLElement {
  const words = (id: string, values: Readonly<Record<string, string>> = {}): string => say(language, `page-${id}`, values)
  let choice: Choice | null = null
  const told = element('p', { id: 'chosen', role: 'status' }, words('chosen-none'))
  const start = element('button', { type: 'submit', class: 'primary', id: 'start', disabled: '' }, words('start'))

  function choose(next: Choice | null): void {
    if (next === null) return
    choice = next
    const { chosen, name } = next
    told.textContent =
      'file' in chosen
        ? words('chosen-file', { name, size: (chosen.file.size / 1e6).toFixed(1) })
        : words('chosen-folder', { name, count: String(chosen.folder.filter(({ file }) => file !== null).length) })
    start.disabled = false
  }

  const folder = element('input', { type: 'file', id: 'folder', webkitdirectory: '' })
  folder.addEventListener('change', () => folder.files !== null && choose(fromInput(folder.files)))
  const file = element('input', { type: 'file', id: 'file', accept: '.zip,.pdf' })
  file.addEventListener('change', () => file.files?.[0] !== undefined && choose(fromFile(file.files[0])))
  const pick = element('button', { type: 'button' }, words('folder'))
  pick.addEventListener('click', () => {
    void fromPicker().then((found) => {
      if (found === 'none') folder.click()
      else if (found !== 'cancelled') choose(found)
    })
  })
  const drop = element(
    'fieldset',
    { class: 'drop' },
    element('legend', {}, words('choose')),
    element('p', {}, words('choose-note')),
    element('p', {}, pick),
    labelled(words('folder-other'), folder),
    labelled(words('file'), file),
    told,
  )
  drop.addEventListener('dragover', (event) => event.preventDefault())
  drop.addEventListener('drop', (event) => {
    event.preventDefault()
    if (event.dataTransfer !== null) void fromDrop(event.dataTransfer).then(choose)
  })

  const fingerprint = element('textarea', { id: 'fingerprint', rows: '2', spellcheck: 'false', autocomplete: 'off', 'aria-describedby': 'trust-note' })
  const trustFiles = element('input', { type: 'file', id: 'trust-files', multiple: '' })
  const rootList = element('input', { type: 'file', id: 'root-list' })
  const day = element('input', { type: 'date', id: 'day' })
  const sm3 = element('select', { id: 'sm3' }, ...['auto', 'always', 'never'].map((each) => element('option', { value: each }, words(`sm3-${each}`))))
  const form = element(
    'form',
    { class: 'screen' },
    drop,
    element(
      'fieldset',
      {},
      element('legend', {}, words('trust')),
      element('p', { id: 'trust-note' }, words('trust-note')),
      labelled(words('fingerprint'), fingerprint),
      element(
        'details',
        {},
        element('summary', {}, words('more')),
        labelled(words('trust-files'), trustFiles),
        labelled(words('root-list'), rootList),
        labelled(words('day'), day),
        labelled(words('sm3'), sm3),
      ),
    ),
    element('p', {}, start),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (choice === null) return
    onOrder({
      choice,
      fingerprint: fingerprint.value.trim(),
      trustFiles: Array.from(trustFiles.files ?? []),
      rootList: rootList.files?.[0] ?? null,
      day: day.value,
      sm3: sm3.value,
    })
  })
  return form
}

/** What the person brings along; raises TrustArgumentError. */
export async function trustedBy({ fingerprint, trustFiles, rootList, day }: Order): Promise<Trusted> {
  return trustedOf({
    fingerprints: fingerprint === '' ? [] : [fingerprint],
    files: await Promise.all(trustFiles.map(bytesOf)),
    roots: readRoots(rootList === null ? utf8(ROOTS) : await bytesOf(rootList)),
    at: day === '' ? new Date() : new Date(`${day}T00:00:00Z`),
  })
}

async function bytesOf(file: File): Promise<Bytes> {
  if (file.size > MAX_FILE_BYTES) throw new TrustArgumentError('too large')
  return new Uint8Array(await file.arrayBuffer())
}

function labelled(text: string, field: HTMLElement): HTMLElement {
  return element('p', { class: 'field' }, element('label', { for: field.id }, text), field)
}

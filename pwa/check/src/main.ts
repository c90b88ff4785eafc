// Wires the offline page: form, checks, result. Nothing here touches the network; the page's policy forbids it.
import { WORKER } from 'virtual:built'
import { TrustArgumentError } from './errors.js'
import { HashingPool } from './hashing/pool.js'
import { element } from './page/elements.js'
import type { Order } from './page/form.js'
import { makeForm, trustedBy } from './page/form.js'
import { takeOwnDigest } from './page/ownDigest.js'
import type { Shown } from './page/result.js'
import { makeResult, makeSheet } from './page/result.js'
import type { Language } from './page/words.js'
import { say } from './page/words.js'
import { check, crashed, wrongTrust } from './verify/checking.js'
import type { Checked } from './verify/checking.js'
import type { Trusted } from './verify/trusted.js'

const ownDigest = takeOwnDigest() // before anything is changed
const SM3: Readonly<Record<string, boolean | null>> = { auto: null, always: true, never: false }

let hashing: Promise<HashingPool> | null = null // its workers are made at the first check and kept
let language: Language = 'zh-CN'
let shown: Shown | null = null

function draw(): void {
  document.documentElement.lang = language
  document.title = say(language, 'page-title')
  const toggle = element('button', { type: 'button', class: 'quiet' }, say(language, 'page-language'))
  toggle.addEventListener('click', () => {
    language = language === 'en' ? 'zh-CN' : 'en'
    draw()
  })
  const parts = shown === null ? [makeForm(language, (order) => void run(order))] : [makeResult(language, shown), again(), makeSheet(language, shown)]
  document.body.replaceChildren(
    element('header', { class: 'screen' }, element('span', { class: 'brand' }, '留证'), toggle),
    element(
      'main',
      {},
      element('h1', {}, say(language, 'page-heading')),
      element('p', { class: 'screen' }, say(language, 'page-lead')),
      element('p', { class: 'screen note' }, say(language, 'page-caution')),
      ...parts,
    ),
  )
}

function again(): HTMLElement {
  const button = element('button', { type: 'button' }, say(language, 'page-again'))
  button.addEventListener('click', () => {
    shown = null
    draw()
  })
  return element('p', { class: 'screen' }, button)
}

async function run(order: Order): Promise<void> {
  const progress = showProgress()
  let trusted: Trusted | null = null
  let checked: Checked
  try {
    trusted = await trustedBy(order)
    checked = await checkWith(order, trusted, progress)
  } catch (problem) {
    // A crash is a verdict of its own, never green.
    checked = problem instanceof TrustArgumentError ? wrongTrust() : crashed(problem instanceof Error ? problem.name : 'Error')
  }
  shown = { checked, trusted, ownDigest, at: new Date() }
  draw()
  document.getElementById('verdict')?.focus()
}

interface Progress {
  total(bytes: number): void
  read(bytes: number): void
}

async function checkWith(order: Order, trusted: Trusted, progress: Progress): Promise<Checked> {
  hashing ??= HashingPool.open(WORKER)
  return check(order.choice.chosen, {
    trusted,
    hasher: await hashing,
    withSm3: SM3[order.sm3] ?? null,
    onTotal: (bytes) => progress.total(bytes),
    onBytes: (bytes) => progress.read(bytes),
  })
}

/** Bytes read, for eye and screen reader; the reader is told at each tenth only. */
function showProgress(): Progress {
  const bar = element('progress', { max: '1', 'aria-label': say(language, 'page-reading') })
  const line = element('p', { role: 'status' }, say(language, 'page-reading'))
  document.querySelector('form')?.replaceWith(element('section', { class: 'screen' }, bar, line))
  let all = 0
  let done = 0
  let tenth = -1
  return {
    total: (bytes) => {
      all = bytes
    },
    read: (bytes) => {
      done += bytes
      bar.value = all === 0 ? 0 : done / all
      const reached = Math.floor(bar.value * 10)
      if (reached === tenth) return
      tenth = reached
      line.textContent = say(language, 'page-working', { done: (done / 1e6).toFixed(0), total: (all / 1e6).toFixed(0) })
    },
  }
}

draw()

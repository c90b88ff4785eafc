// What the person reads, from the one catalogue in locale/ (Project Fluent). Bundled at build time;
// only the chosen language is loaded.
import { FluentBundle, FluentResource } from '@fluent/bundle'
import type { FluentVariable } from '@fluent/bundle'

export type Language = 'zh-CN' | 'en'
export type Arguments = Readonly<Record<string, FluentVariable>>

export type Room = 'client' | 'complaints' | 'formats' | 'witness'

const FILES = import.meta.glob<string>('../../../locale/*/{client,complaints,formats,witness}.ftl', { query: '?raw', import: 'default' })
const KEPT_AS = 'language'

let bundle = new FluentBundle('zh-CN')
let current: Language = 'zh-CN'
const rooms = new Set<Room>(['client'])
const listeners = new Set<() => void>()

/** The person's choice on this phone, else the phone's own language. */
export function preferred(): Language {
  const kept = localStorage.getItem(KEPT_AS)
  if (kept === 'zh-CN' || kept === 'en') return kept
  return /^zh\b/i.test(navigator.language) || navigator.language === '' ? 'zh-CN' : 'en'
}

export async function speak(chosen: Language): Promise<void> {
  const next = new FluentBundle(chosen, { useIsolating: false })
  for (const room of rooms) next.addResource(await resource(chosen, room))
  bundle = next
  current = chosen
  localStorage.setItem(KEPT_AS, chosen)
  document.documentElement.lang = chosen
  for (const listener of listeners) listener()
}

/** Adds the words of another room; a screen that needs them asks before it is shown. */
export async function learn(room: Room): Promise<void> {
  if (rooms.has(room)) return
  bundle.addResource(await resource(current, room))
  rooms.add(room)
}

async function resource(of: Language, room: Room): Promise<FluentResource> {
  const load = FILES[`../../../locale/${of}/${room}.ftl`]
  if (load === undefined) throw new Error(`no catalogue ${room} in ${of}`)
  return new FluentResource(await load())
}

export function language(): Language {
  return current
}

export function onLanguage(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** One of the client's own texts: `text('close')` is the message `client-close`. */
export function text(key: string, args?: Arguments): string {
  return message(`client-${key}`, args)
}

/** A message of the whole catalogue by its full id. */
export function message(id: string, args?: Arguments): string {
  const found = bundle.getMessage(id)
  if (found === undefined || found.value === null) return id
  return bundle.formatPattern(found.value, args ?? null)
}

export function has(key: string): boolean {
  return bundle.hasMessage(`client-${key}`)
}

export function hasMessage(id: string): boolean {
  return bundle.hasMessage(id)
}

/** The text of a problem code, or the plain sentence for an unknown one. */
export function problemText(code: string): string {
  const key = `problem-${code.replaceAll('_', '-')}`
  return has(key) ? text(key) : text('problem-unknown', { code })
}

/** A code as `stamp_unavailable:http_503`: the reason in words where there are some. */
export function whyText(problem: string): string {
  const [code = problem, why = ''] = problem.split(':')
  return why === '' ? problemText(code) : `${problemText(code)} (${why})`
}

/** Of two texts that the server sends side by side. */
export function pick(zh: string, en: string): string {
  return current === 'en' && en !== '' ? en : zh
}

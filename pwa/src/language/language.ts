// What the person reads, from the one catalogue in locale/ (Project Fluent). Bundled at build time;
// only the chosen language is loaded.
import { FluentBundle, FluentResource } from '@fluent/bundle'
import type { FluentVariable } from '@fluent/bundle'

export type Language = 'zh-CN' | 'en'
export type Arguments = Readonly<Record<string, FluentVariable>>

const FILES = import.meta.glob<string>('../../../locale/*/client.ftl', { query: '?raw', import: 'default' })
const KEPT_AS = 'language'

let bundle = new FluentBundle('zh-CN')
let current: Language = 'zh-CN'
const listeners = new Set<() => void>()

/** The person's choice on this phone, else the phone's own language. */
export function preferred(): Language {
  const kept = localStorage.getItem(KEPT_AS)
  if (kept === 'zh-CN' || kept === 'en') return kept
  return /^zh\b/i.test(navigator.language) || navigator.language === '' ? 'zh-CN' : 'en'
}

export async function speak(language: Language): Promise<void> {
  const load = FILES[`../../../locale/${language}/client.ftl`]
  if (load === undefined) throw new Error(`no catalogue for ${language}`)
  const next = new FluentBundle(language, { useIsolating: false })
  const [problem] = next.addResource(new FluentResource(await load()))
  if (problem !== undefined) throw problem
  bundle = next
  current = language
  localStorage.setItem(KEPT_AS, language)
  document.documentElement.lang = language
  for (const listener of listeners) listener()
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
  if (found?.value == null) return id
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

/** Of two texts that the server sends side by side. */
export function pick(zh: string, en: string): string {
  return current === 'en' && en !== '' ? en : zh
}

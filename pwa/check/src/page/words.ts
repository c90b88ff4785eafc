// The page's words, from the one catalogue (locale/, Project Fluent); the build puts in only what is used here.
import { FluentBundle, FluentResource } from '@fluent/bundle'
import { CATALOGUES } from 'virtual:built'
import type { Check, Open, Values } from '../verify/verdict.js'

export type Language = 'zh-CN' | 'en'
export const LANGUAGES: readonly Language[] = ['zh-CN', 'en']

const BUNDLES: Readonly<Record<Language, FluentBundle>> = { 'zh-CN': bundleOf('zh-CN'), en: bundleOf('en') }

/** One message; a missing key would be a fault of the build, so its id is shown. */
export function say(language: Language, id: string, values: Values = {}): string {
  const bundle = BUNDLES[language]
  const found = bundle.getMessage(id)?.value ?? null
  return found === null ? id : bundle.formatPattern(found, { ...values })
}

export function sayCheck(language: Language, { code, values }: Check): string {
  return sayOwn(language, `check-${code}`, values)
}

export function sayOpen(language: Language, { code, values }: Open): string {
  return sayOwn(language, `unproved-${code}`, values)
}

/** Chinese and English, as every line of a verdict for programs is given. */
export function both(sayIt: (language: Language) => string): string {
  return LANGUAGES.map(sayIt).join(' / ')
}

/** The page's own sentence where it has one, else the one that all verifiers share. */
function sayOwn(language: Language, id: string, values: Values): string {
  return say(language, BUNDLES[language].hasMessage(`page-${id}`) ? `page-${id}` : id, values)
}

function bundleOf(language: Language): FluentBundle {
  const bundle = new FluentBundle(language, { useIsolating: false })
  bundle.addResource(new FluentResource(CATALOGUES[language]))
  return bundle
}

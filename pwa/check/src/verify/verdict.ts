// A verdict: one word, the checks it rests on, and what they do not prove (docs/formats/verdict.md).

export type Word = 'unchanged' | 'changed' | 'incomplete' | 'cannot_check'
export type Result = 'pass' | 'fail' | 'unknown'

/** The checks, in the order in which they are told. */
export const NAMES = [
  'container', 'manifests', 'files', 'sums', 'sm3', 'case', 'bag', 'signer', 'signatures', 'receipts', 'custody', 'tokens', 'log',
  'records', 'redactions', 'pdf', 'original',
] as const
export type Name = (typeof NAMES)[number]

export type Values = Readonly<Record<string, string>>

/** One check: `code` is the reason for programs, and with `values` the words for people. */
export interface Check {
  readonly name: Name
  readonly result: Result
  readonly code: string
  readonly where: string | null
  readonly values: Values
}

export interface Open {
  readonly code: string
  readonly values: Values
}

export interface Verdict {
  readonly word: Word
  readonly checks: readonly Check[]
  readonly open: readonly Open[]
  readonly signerKnown: boolean
}

type Told = Readonly<Record<string, string | number>>

/** Collects checks while they are made; `close` gives the verdict. */
export class Ledger {
  readonly checks: Check[] = []
  signerKnown = false
  readonly #open = new Map<string, Open>()
  readonly #words = new Set<Word>()
  readonly #spoiled = new Set<Name>() // checks that did not hold throughout

  /** A check that held. */
  passed(name: Name, code: string, where: string | null = null, values: Told = {}): void {
    this.#add(name, 'pass', code, where, values)
  }

  /** Something is not as it was signed. */
  changed(name: Name, code: string, where: string | null = null, values: Told = {}): void {
    this.#spoil(name, 'changed')
    this.#add(name, 'fail', code, where, values)
  }

  /** Something that should be there is not. */
  missing(name: Name, code: string, where: string | null = null, values: Told = {}): void {
    this.#spoil(name, 'incomplete')
    this.#add(name, 'fail', code, where, values)
  }

  /** Something could not be checked here: no accusation, and never green. */
  cannot(name: Name, code: string, where: string | null = null, values: Told = {}): void {
    this.#spoil(name, 'cannot_check')
    this.#add(name, 'unknown', code, where, values)
  }

  /** Nothing to go by, which does not spoil the rest; what it leaves open is said too. */
  unknown(name: Name, code: string, where: string | null = null, values: Told = {}): void {
    this.#add(name, 'unknown', code, where, values)
  }

  /** One line of what this verdict does not say. */
  notProved(code: string, values: Told = {}): void {
    const line = { code, values: written(values) }
    this.#open.set(JSON.stringify(line), line)
  }

  /**
   * Changed before cannot-check before incomplete; nothing checked: cannot. A check's own code sums it up;
   * where not all of it held, that is not said.
   */
  close(): Verdict {
    const kept = this.checks.filter((check) => check.code !== check.name || !this.#spoiled.has(check.name))
    const passed = new Set(kept.filter((check) => check.result === 'pass').map((check) => check.name))
    const fallback: Word = passed.has('manifests') && passed.has('signatures') ? 'unchanged' : 'cannot_check'
    const order: readonly Word[] = ['changed', 'cannot_check', 'incomplete']
    return {
      word: order.find((word) => this.#words.has(word)) ?? fallback,
      checks: kept.sort((one, other) => NAMES.indexOf(one.name) - NAMES.indexOf(other.name)),
      open: [...this.#open.values()],
      signerKnown: this.signerKnown,
    }
  }

  #spoil(name: Name, word: Word): void {
    this.#words.add(word)
    this.#spoiled.add(name)
  }

  #add(name: Name, result: Result, code: string, where: string | null, values: Told): void {
    this.checks.push({ name, result, code, where: where === '' ? null : where, values: written(values) })
  }
}

function written(values: Told): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
}

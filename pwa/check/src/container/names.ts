// Names that mean one place only, on every computer.
import { ContainerError } from '../errors.js'

export const MAX_FILES = 100_000
const OTHER = /\p{C}/u // control, format, surrogate, private, unassigned

export function checkName(name: string): void {
  const parts = name.split('/')
  const isPlain =
    parts.every((part) => part !== '' && part !== '.' && part !== '..') &&
    !name.includes('\\') &&
    !name.includes(':') &&
    name === name.normalize('NFC') &&
    !OTHER.test(name) &&
    !parts.some((part) => part.endsWith(' ') || part.endsWith('.')) // Windows cuts these off
  if (!isPlain) throw new ContainerError('name', escaped(name))
}

/** Two names that a computer with another idea of letters would unpack into one. */
export function refuseTwins(names: Iterable<string>): void {
  const seen = new Set<string>()
  for (const name of names) {
    const folded = name.toUpperCase().toLowerCase().replaceAll('ς', 'σ')
    if (seen.has(folded)) throw new ContainerError('duplicate')
    seen.add(folded)
  }
}

/** ASCII only, so that no letter of a name turns the line that speaks of it. */
function escaped(name: string): string {
  return name.replaceAll('\\', '\\\\').replace(/[^ -~]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
    return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`
  })
}

// Checks the client's part of the catalogue: both languages have the same keys and arguments, every key
// that the source names exists, and none stands there unused.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FluentParser } from '@fluent/syntax'

const ROOT = new URL('../..', import.meta.url).pathname
const LANGUAGES = ['zh-CN', 'en']
const FILES = ['client', 'complaints', 'formats', 'witness']
const faults = []

function messagesOf(language) {
  const found = new Map()
  for (const name of FILES) {
    const path = `locale/${language}/${name}.ftl`
    for (const entry of new FluentParser().parse(readFileSync(join(ROOT, path), 'utf8')).body) {
      if (entry.type === 'Junk') faults.push(`${path}: cannot be read: ${entry.content.trim().split('\n')[0]}`)
      if (entry.type !== 'Message') continue
      if (found.has(entry.id.name)) faults.push(`${path}: ${entry.id.name} stands there twice`)
      found.set(entry.id.name, argumentsOf(entry))
    }
  }
  return found
}

function argumentsOf(entry) {
  const names = new Set()
  JSON.stringify(entry, (_key, value) => {
    if (value?.type === 'VariableReference') names.add(value.id.name)
    return value
  })
  return [...names].sort().join(',')
}

function sourcesUnder(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
}

/** Keys that the source names whole, and those it composes, as patterns. */
function askedFor(source) {
  const whole = new Set()
  const patterns = []
  for (const [, prefix, literal] of source.matchAll(/\b(text|message)\(\s*(`[^`]*`|'[^']*')/g)) {
    const id = (prefix === 'text' ? 'client-' : '') + literal.slice(1, -1)
    if (id.includes('${')) patterns.push(new RegExp(`^${id.replace(/\$\{[^}]*\}/g, '.+')}$`))
    else whole.add(id)
  }
  for (const [, first, second] of source.matchAll(/\btext\([^'`]*\? '([^']+)' : '([^']+)'\)/g)) {
    whole.add(`client-${first}`).add(`client-${second}`)
  }
  for (const [, literal] of source.matchAll(/\b(?:title|label)="([a-z-]+)"/g)) whole.add(`client-${literal}`)
  for (const [, code] of source.matchAll(/super\('([a-z_]+)'/g)) whole.add(`client-problem-${code.replaceAll('_', '-')}`)
  patterns.push(/^client-problem-/)
  return { whole, patterns }
}

/** Every question, option and part of the interview has its words. */
function interviewKeys() {
  const steps = JSON.parse(readFileSync(join(ROOT, 'complaints/interview/steps.json'), 'utf8'))
  const elsewhere = new Set(['danger_now', 'lender_type', 'left_out_tags'])
  const keys = []
  for (const field of steps.flatMap((step) => step.fields)) {
    if (elsewhere.has(field.id)) continue
    keys.push(`interview-${field.id}`)
    for (const option of field.options ?? []) keys.push(`interview-option-${option}`)
    for (const part of field.of ?? []) keys.push(`interview-${part.id}`)
  }
  return keys
}

const [chinese, english] = LANGUAGES.map(messagesOf)
const asked = askedFor(sourcesUnder(join(ROOT, 'pwa/src')))
for (const [id, names] of chinese) {
  if (!english.has(id)) faults.push(`en lacks ${id}`)
  else if (english.get(id) !== names) faults.push(`${id}: other arguments in en`)
  if (id.startsWith('client-') && !asked.whole.has(id) && !asked.patterns.some((pattern) => pattern.test(id))) faults.push(`${id} is used nowhere`)
}
for (const id of english.keys()) if (!chinese.has(id)) faults.push(`zh-CN lacks ${id}`)
for (const id of [...asked.whole, ...interviewKeys()]) if (!chinese.has(id)) faults.push(`${id} is asked for and missing`)

for (const fault of faults) process.stderr.write(`${fault}\n`)
process.stdout.write(`catalogue: ${chinese.size} messages, ${faults.length} faults\n`)
process.exitCode = faults.length === 0 && chinese.size > 0 ? 0 : 1

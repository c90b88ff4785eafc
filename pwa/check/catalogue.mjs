// Checks the offline page's words: both languages have the same keys and arguments; every key that the sources name,
// and every code that they say, has its words; none of the page's own stands there unused.
import { readFileSync, readdirSync } from 'node:fs'
import { FluentParser } from '@fluent/syntax'

const ROOT = new URL('../..', import.meta.url).pathname
const SOURCES = `${ROOT}pwa/check/src`
const faults = []

function messages(language) {
  const found = new Map()
  for (const name of ['check', 'bundle']) {
    for (const entry of new FluentParser().parse(readFileSync(`${ROOT}locale/${language}/${name}.ftl`, 'utf8')).body) {
      if (entry.type === 'Message') found.set(entry.id.name, argumentsOf(entry))
      if (entry.type === 'Junk') faults.push(`${language}/${name}.ftl: ${entry.content.trim().split('\n')[0]}`)
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
  return [...names].sort().join()
}

const source = readdirSync(SOURCES, { recursive: true })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(`${SOURCES}/${name}`, 'utf8'))
  .join('\n')
const [chinese, english] = ['zh-CN', 'en'].map(messages)

/** Keys under which a code of a check, or of what is not proved, may have its words. */
function worded(prefix, code) {
  return [`page-${prefix}-${code}`, `${prefix}-${code}`].filter((key) => chinese.has(key))
}

const asked = new Set()
for (const [, id] of source.matchAll(/'(page-[a-z-]+)'/g)) asked.add(id)
for (const [, id] of source.matchAll(/\bwords\('([a-z0-9-]+)'/g)) asked.add(`page-${id}`)
for (const [, code] of source.matchAll(/\.(?:passed|changed|missing|cannot|unknown)\(\s*'[a-z0-9]+',\s*'([a-z0-9-]+)'/g)) {
  if (worded('check', code).length === 0) faults.push(`the check code ${code} has no words`)
}
for (const [, code] of source.matchAll(/\bnotProved\('([a-z-]+)'/g)) {
  if (worded('unproved', code).length === 0) faults.push(`the open code ${code} has no words`)
}
for (const id of asked) if (!chinese.has(id)) faults.push(`${id} is asked for and missing`)

const COMPOSED = /^page-(?:name|mark|sm3|check|unproved)-|^page-noscript$/
for (const [id, names] of chinese) {
  if (!id.startsWith('page-')) continue
  if (english.get(id) !== names) faults.push(`${id}: missing in en, or with other arguments`)
  if (!COMPOSED.test(id) && !asked.has(id)) faults.push(`${id} is used nowhere`)
}
for (const id of english.keys()) if (id.startsWith('page-') && !chinese.has(id)) faults.push(`zh-CN lacks ${id}`)

for (const fault of faults) process.stderr.write(`${fault}\n`)
process.stdout.write(`offline page's catalogue: ${asked.size} keys asked for, ${faults.length} faults\n`)
process.exitCode = faults.length === 0 && asked.size > 0 ? 0 : 1

// Builds 4_CHECK.html: one file that holds script, style, words and worker, and loads nothing (docs/check.md).
// The same sources give the same bytes. The file is spelled as a browser spells what it loaded, so that the page can
// take its own digest; so nothing here may be indented or closed otherwise.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const TARGET = fileURLToPath(new URL('../dist-check/', import.meta.url))
const LANGUAGES = ['zh-CN', 'en']
const SHARED = /^(check|unproved|verdict)-/ // keys of bundle.ftl that every verifier says
const BUILT = 'virtual:built'

/** The messages of a catalogue file whose key passes, each with its continuation lines. */
function messages(path, passes) {
  const kept = []
  let isKept = false
  for (const line of readFileSync(ROOT + path, 'utf8').split('\n')) {
    const key = /^([a-z][a-z0-9_-]*) *=/.exec(line)?.[1]
    if (key !== undefined) isKept = passes(key)
    else if (!line.startsWith(' ')) isKept = false
    if (isKept) kept.push(line)
  }
  return `${kept.join('\n')}\n`
}

function catalogue(language) {
  const shared = messages(`locale/${language}/bundle.ftl`, (key) => SHARED.test(key))
  return shared + messages(`locale/${language}/check.ftl`, () => true)
}

/** One script, classic, in the dialect of Chromium 109. */
async function bundle(entry, name, built) {
  const output = await build({
    root: HERE,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [
      {
        name: 'built',
        resolveId: (id) => (id === BUILT ? `\0${BUILT}` : null),
        load: (id) => (id === `\0${BUILT}` ? built : null),
      },
    ],
    build: {
      write: false,
      target: 'chrome109',
      minify: true,
      reportCompressedSize: false,
      lib: { entry: HERE + entry, formats: ['iife'], name, fileName: name },
    },
  })
  const [first] = Array.isArray(output) ? output : [output]
  const chunks = first.output.filter(({ type }) => type === 'chunk')
  if (chunks.length !== 1) throw new Error(`${entry}: ${chunks.length} scripts instead of one`)
  return chunks[0].code.trim()
}

function sourceHash(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

function page(script, style, noscript) {
  for (const text of [script, style]) {
    if (/<\/(script|style)|<!--|\r|\0/i.test(text)) throw new Error('a text that would end its element, or be spelled anew')
  }
  const policy = [
    "default-src 'none'",
    `script-src ${sourceHash(script)} 'wasm-unsafe-eval'`,
    `style-src ${sourceHash(style)}`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return (
    '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">' +
    `<meta http-equiv="Content-Security-Policy" content="${policy}">` +
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">' +
    `<title>留证</title><style>${style}</style></head><body><noscript>${noscript}</noscript><script>${script}</script></body></html>`
  )
}

const catalogues = Object.fromEntries(LANGUAGES.map((language) => [language, catalogue(language)]))
const noscript = LANGUAGES.map((language) => /^page-noscript = (.*)$/m.exec(catalogues[language])[1]).join(' ')
const roots = readFileSync(`${ROOT}complaints/bundle/verify/roots.json`, 'utf8')
const worker = await bundle('src/hashing/worker.ts', 'worker', '')
const built = Object.entries({ CATALOGUES: catalogues, ROOTS: roots, WORKER: worker })
const script = await bundle('src/main.ts', 'page', built.map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}`).join('\n'))
const style = readFileSync(`${HERE}page.css`, 'utf8').replace(/\/\*.*?\*\//gs, '').replace(/\s+/g, ' ').trim()
const html = page(script, style, noscript)
mkdirSync(TARGET, { recursive: true })
// Whole or not there: whoever reads it meanwhile, a package that is built, gets one or the other.
writeFileSync(`${TARGET}4_CHECK.new`, html)
renameSync(`${TARGET}4_CHECK.new`, `${TARGET}4_CHECK.html`)
process.stdout.write(`4_CHECK.html: ${Buffer.byteLength(html)} bytes, sha256 ${createHash('sha256').update(html).digest('hex')}\n`)

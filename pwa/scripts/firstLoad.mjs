// What the collect screen costs to open for the first time: script and style, gzip, in one language.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const LIMIT = 100 * 1024
const DIST = new URL('../dist', import.meta.url).pathname
const assets = readdirSync(join(DIST, 'assets'))

/** The entry, all that it imports statically, its style, and the largest catalogue. */
function firstLoad() {
  const html = readFileSync(join(DIST, 'index.html'), 'utf8')
  const wanted = new Set([...html.matchAll(/(?:src|href)="\/assets\/([^"]+)"/g)].map(([, name]) => name))
  for (const name of wanted) {
    const source = readFileSync(join(DIST, 'assets', name), 'utf8')
    for (const [, imported] of source.matchAll(/\bfrom\s*"\.\/([^"]+)"|^import\s*"\.\/([^"]+)"/g)) if (imported) wanted.add(imported)
  }
  const catalogues = assets.filter((name) => /^client-.*\.js$/.test(name))
  wanted.add(catalogues.sort((a, b) => sizeOf(b) - sizeOf(a))[0])
  return [...wanted]
}

function sizeOf(name) {
  return gzipSync(readFileSync(join(DIST, 'assets', name))).length
}

let total = 0
for (const name of firstLoad()) {
  total += sizeOf(name)
  process.stdout.write(`${String(sizeOf(name)).padStart(8)}  ${name}\n`)
}
process.stdout.write(`${String(total).padStart(8)}  of ${LIMIT} bytes\n`)
process.exitCode = total <= LIMIT ? 0 : 1

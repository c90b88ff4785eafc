// paper/: PDF objects as they may be spelled, and files that are refused instead of being guessed at.
import { describe, expect, test } from 'vitest'
import { textOf, utf8 } from '../src/bytes.js'
import { FormatError } from '../src/errors.js'
import { embeddedFile } from '../src/paper/embedded.js'
import { Scanner } from '../src/paper/objects.js'

const object = (text: string): unknown => new Scanner(utf8(text), 0).object()

/** A PDF of these objects, numbered from 1, the first its catalogue; later updates behind one another. */
function pdf(...updates: (readonly string[])[]): Uint8Array<ArrayBuffer> {
  let text = '%PDF-1.7\n'
  let before = ''
  for (const objects of updates) {
    const places = objects.map((each, index) => {
      const place = text.length
      text += `${index + 1} 0 obj\n${each}\nendobj\n`
      return place
    })
    const table = text.length
    const entries = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
    text += `xref\n1 ${places.length}\n${entries}trailer\n<</Root 1 0 R${before}>>\nstartxref\n${table}\n%%EOF\n`
    before = `/Prev ${table}`
  }
  return utf8(text)
}

const CATALOGUE = '<</Names<</EmbeddedFiles 2 0 R>>>>'
const TREE = '<</Kids[<</Names[(a.json)<</EF<</F 3 0 R>>>>]>>]>>'
const stream = (text: string): string => `<</Length ${text.length}>>\nstream\n${text}\nendstream`

describe('objects', () => {
  test.each([
    ['(a\\(b\\051\\n(c))', 'a(b)\n(c)'],
    ['<48 69 2>', 'Hi '],
    ['[1 -2.5 true null]', [1, -2.5, true, null]],
    ['%note\n 12 0 R', { number: 12 }],
    ['/A#20b', { name: 'A b' }],
  ])('%s', (text, value) => {
    expect(object(text)).toEqual(value)
  })

  test.each(['', '(open', '<</A 1/A 2>>', '<4g>', '[1 2', '<<1 2>>', '['.repeat(99)])('refuses %s', (text) => {
    expect(() => object(text)).toThrow(FormatError)
  })
})

describe('embeddedFile', () => {
  test('finds a file by its name, as the last update has it', async () => {
    const data = pdf([CATALOGUE, TREE, stream('{"old":1}')], [CATALOGUE, TREE, stream('{"new":1}')])

    expect(textOf((await embeddedFile(data, 'a.json')) ?? utf8(''))).toBe('{"new":1}')
    expect(await embeddedFile(data, 'b.json')).toBeNull()
  })

  test('of a PDF without files there is none', async () => {
    expect(await embeddedFile(pdf(['<<>>']), 'a.json')).toBeNull()
  })

  test.each([
    ['no PDF', utf8('%PDF-1.7\n%%EOF')],
    ['bytes behind the end', utf8(`${textOf(pdf([CATALOGUE, TREE, stream('x')]))}more`)],
    ['a name twice', pdf([CATALOGUE, '<</Names[(a.json)1(a.json)2]>>'])],
    ['a tree without end', pdf([CATALOGUE, '<</Kids[2 0 R]>>'])],
    ['another filter', pdf([CATALOGUE, TREE, '<</Length 1/Filter/LZWDecode>>\nstream\nx\nendstream'])],
    ['a damaged stream', pdf([CATALOGUE, TREE, '<</Length 1/Filter/FlateDecode>>\nstream\nx\nendstream'])],
    ['a length beyond the file', pdf([CATALOGUE, TREE, '<</Length 9999>>\nstream\nx\nendstream'])],
    ['an object that is not there', pdf([CATALOGUE])],
  ])('tells nothing of %s', async (_, data) => {
    await expect(embeddedFile(data, 'a.json')).rejects.toThrow(FormatError)
  })
})

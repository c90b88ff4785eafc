// canonical.ts: one spelling of a JSON value, the same that Python's reader takes (evidence/integrity/digest.py).
import { describe, expect, test } from 'vitest'
import { utf8 } from '../src/bytes.js'
import { readCanonical } from '../src/canonical.js'
import { FormatError } from '../src/errors.js'

const TAKEN = ['{"a":1,"b":[true,null,"é\u2028"]}', '[0,-1,1.5,1e+21,9007199254740991]', '"😡"', '{"":{},"\u20ac":1,"\ud83d\ude21":2}']
const REFUSED = [
  '{"b":1,"a":2}', // another order
  '{"a":1,"a":1}', // twice
  '{ "a":1}',
  '[1.0]',
  '[-0]',
  '[1E3]',
  '[9007199254740992]', // may have been another number
  '["\\ud800"]', // half a character
  '["\\u0041"]', // spelled longer than need be
  '\ufeff{}',
  '{}\n',
  '[NaN]',
  '',
]

describe('readCanonical', () => {
  test.each(TAKEN)('takes %s', (text) => {
    expect(readCanonical(utf8(text))).toEqual(JSON.parse(text))
  })

  test.each(REFUSED)('refuses %j', (text) => {
    expect(() => readCanonical(utf8(text))).toThrow(FormatError)
  })

  test('refuses bytes that are no UTF-8 and nesting without end', () => {
    expect(() => readCanonical(Uint8Array.of(0x22, 0xff, 0x22))).toThrow(FormatError)
    expect(() => readCanonical(utf8('['.repeat(50_000) + ']'.repeat(50_000)))).toThrow(FormatError)
  })
})

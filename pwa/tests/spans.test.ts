// screens/spans.ts: what the server counts and what a text field counts are not the same.
import { describe, expect, test } from 'vitest'
import { points, units } from '../src/screens/spans'

describe('spans', () => {
  const words = '😡再不还🔪就上门'

  test('a picture sign is one point and two units', () => {
    expect(units(words, 1, 5)).toEqual([2, 7])
    expect(points(words, 2, 7)).toEqual([1, 5])
  })

  test('there and back gives every span of the text again', () => {
    const length = [...words].length
    for (let start = 0; start < length; start += 1)
      for (let end = start; end <= length; end += 1) expect(points(words, ...units(words, start, end))).toEqual([start, end])
  })
})

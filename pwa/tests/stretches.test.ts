// Stretches of a recording: as typed or as the player stood, never over the end.
import { expect, test } from 'vitest'
import { tenthText } from '../src/language/times'
import { stretchOf, withStretch } from '../src/screens/complaint/stretches'

const LASTS = 65_040

test('times are typed as people write them', () => {
  expect(stretchOf('0:02.3', '0:03.4', LASTS)).toEqual([2300, 3400])
  expect(stretchOf('5', '1：02', LASTS)).toEqual([5000, 62_000])
})

test('what the player says at the end is the end, and what lies beyond is refused', () => {
  expect(stretchOf('1:00', tenthText(LASTS + 60), LASTS)).toEqual([60_000, LASTS])
  expect(stretchOf('1:00', '1:05.2', LASTS)).toBe('cover-time-beyond')
  expect(stretchOf('1:06', '1:07', LASTS)).toBe('cover-time-beyond')
})

test('what is no time, or ends before it begins, is said to be none', () => {
  for (const [from, to] of [['', '3'], ['x', '3'], ['3', '3'], ['4', '3'], ['-1', '3']] as const)
    expect(stretchOf(from, to, LASTS)).toBe('cover-time-wrong')
})

test('the list is in time order and holds each stretch once', () => {
  const list = withStretch(withStretch([[5000, 6000]], [1000, 2000]), [5000, 6000])

  expect(list).toEqual([[1000, 2000], [5000, 6000]])
})

test('a place is written to a tenth and can be typed again', () => {
  expect([0, 2340, 59_960, 65_300, 3_600_000].map(tenthText)).toEqual(['0:00.0', '0:02.3', '1:00.0', '1:05.3', '60:00.0'])
  expect(stretchOf(tenthText(2300), tenthText(65_000), LASTS)).toEqual([2300, 65_000])
})

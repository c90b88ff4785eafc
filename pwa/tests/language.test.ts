// How digests, sizes and times are shown.
import { expect, test } from 'vitest'
import { inGroups } from '../src/digest/groups'
import { beijingDay, durationText, sizeText } from '../src/language/times'
import { questionsFor } from '../src/screens/complaint/questions'

test('a digest is shown in groups of four', () => {
  expect(inGroups('0123456789abcdef')).toBe('0123 4567 89ab cdef')
})

test('a day is the day in Beijing, not in UTC', () => {
  expect(beijingDay('2026-11-02T16:30:00Z')).toBe('2026-11-03')
})

test('sizes and durations are short', () => {
  expect(sizeText(8 * 1024 * 1024)).toBe('8.0 MB')
  expect(durationText(61.2)).toBe('1:01')
  expect(durationText(59.6)).toBe('1:00')
})

function optionsOf(document: string) {
  return questionsFor(document).find(({ id }) => id === 'requests')?.options
}

test('a regulator is asked other requests than the police', () => {
  expect(optionsOf('police_report')).not.toEqual(optionsOf('nfra_report'))
  expect(questionsFor('police_report').filter(({ id }) => id === 'requests').length).toBe(1)
})

test('danger and the kind of lender are asked elsewhere, not twice', () => {
  const asked = questionsFor('police_report').map(({ id }) => id)

  expect(asked).not.toContain('danger_now')
  expect(asked).not.toContain('lender_type')
})

// care/: words of distress are known by their sense, help lines are dated data, and it all stays here.
import { describe, expect, test } from 'vitest'
import { isHeavy, linesOn, ownWords, textsIn } from '../src/care/care'
import DATA from '../src/care/distress.json'
import type { TimelineRecord } from '../src/serverPorts'

describe('isHeavy', () => {
  test.each([
    '我真的不想活了', '天天这样打，活不下去', '死 了 算 了', '我想死……', '再逼我我就跳楼', '遗书都写好了',
    '我快崩溃了', '实在撑不下去了', '生不如死', 'I want to die', '我只能去跳河', '不如死了',
  ])('hears %s', (words) => expect(isHeavy([words])).toBe(true))

  test.each([
    '今天热死了', '想死你了，什么时候回来', '不想活动，在家躺着', '累死我了', '笑死', '打死也不去', '请你们按合同来',
    '我会还的，再宽限几天', '楼下跳绳', '', '这个月还不上了', '死活不接电话',
  ])('leaves %s alone', (words) => expect(isHeavy([words])).toBe(false))
})

test("only the person's own words are looked at", () => {
  const base = { heard: [] } as unknown as TimelineRecord
  const records = [
    { ...base, direction: 'in', text: '你怎么不去自杀' },
    { ...base, direction: 'draft', text: '我写了没发' },
    { ...base, direction: 'in', text: '', heard: [
      { segment: 'a', start_s: 0, words: '我说的', speaker: 'self' as const },
      { segment: 'b', start_s: 2, words: '他说的', speaker: 'other' as const },
    ] },
  ]
  expect(ownWords(records)).toEqual(['我写了没发', '我说的'])
})

test('all texts of an answer are found', () => {
  expect(textsIn([{ on: '2026-03-01', text: '睡不着' }, 3, null])).toEqual(['2026-03-01', '睡不着'])
})

describe('the data', () => {
  const day = /^\d{4}-\d{2}-\d{2}$/

  test('every word has an id, a source and a date', () => {
    const ids = DATA.words.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const word of DATA.words) {
      expect(word.source).not.toBe('')
      expect(word.date).toMatch(day)
      expect(() => new RegExp(word.pattern)).not.toThrow()
    }
  })

  test('every line has a source, an address and the day it was looked up, in both languages', () => {
    for (const line of DATA.lines) {
      expect(line.number).toMatch(/^\d{3,}$/)
      expect(line.source.length).toBeGreaterThan(20)
      expect(line.address).toMatch(/^https:/)
      expect(line.checked_on).toMatch(day)
      expect(line['zh-CN']).not.toBe('')
      expect(line.en).not.toBe('')
    }
  })

  test('a line is shown from its day on, the national one among them', () => {
    expect(linesOn('2024-12-31')).toEqual([])
    expect(linesOn('2026-11-29').map(({ number }) => number)).toContain('12356')
  })
})

test('nothing in the room keeps, sends or logs anything', () => {
  const sources = import.meta.glob<string>('../src/care/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true })
  expect(Object.keys(sources)).toHaveLength(2)
  for (const source of Object.values(sources))
    expect(source).not.toMatch(/fetch|server\.|localStorage|sessionStorage|indexedDB|caches|console\.|Beacon|cookie/)
})

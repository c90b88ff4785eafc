// Times as text in the one spelling of signed bytes: as text they sort as times.
import { FormatError } from './errors.js'

const FORM = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})\.\d{6}Z$/

/** `2026-11-23T08:00:00.000000Z`, a moment that there is; raises FormatError. */
export function readTime(text: unknown): string {
  const found = typeof text === 'string' ? FORM.exec(text) : null
  if (found === null || typeof text !== 'string') throw new FormatError('not a time in UTC with six fractional digits')
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number)
  if (!isMoment(year, month, day, hour, minute, second)) throw new FormatError('no such day or hour')
  return text
}

/** Whether the calendar has this moment. */
export function isMoment(year: number, month: number, day: number, hour: number, minute: number, second: number): boolean {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
  return year >= 1 && day >= 1 && day <= days && hour <= 23 && minute <= 59 && second <= 59
}

export function spell(parts: readonly number[], microseconds: number): string {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
  const two = (value: number): string => String(value).padStart(2, '0')
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
  return `${date}T${two(hour)}:${two(minute)}:${two(second)}.${String(microseconds).padStart(6, '0')}Z`
}

/** A moment of the computer's clock. */
export function fromDate(at: Date): string {
  return at.toISOString().replace(/(\.\d{3})Z$/, '$1000Z')
}

/** The first moment after this day (YYYY-MM-DD, UTC). */
export function endOfDay(day: string): string {
  return fromDate(new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000))
}

/** To the whole second, as times of X.509 and printed times are compared. */
export function second(time: string): string {
  return time.slice(0, 19)
}

/** 2026-11-03 14:47:00 UTC, as all times in a verdict. */
export function told(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`
}

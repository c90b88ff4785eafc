// The exact shape of a JSON value: members, types, patterns. What is not expected is refused.
import type { Json } from './canonical.js'
import { isObject } from './canonical.js'
import { FormatError } from './errors.js'
import { readTime } from './times.js'

export type Shape = (value: Json, place: string) => void
type Members = Readonly<Record<string, Shape | Later>>

/** As a member's shape: this shape, or no such member, which older packages do not have. */
export interface Later {
  readonly later: Shape
}

export function later(shape: Shape): Later {
  return { later: shape }
}

/** An object with exactly these members. */
export function object(members: Members): Shape {
  return (value, place) => {
    if (!isObject(value)) return refuse(place, 'no object')
    for (const name of Object.keys(value)) if (!Object.hasOwn(members, name)) refuse(place, 'other members than the format has')
    for (const [name, shape] of Object.entries(members)) {
      const found = Object.hasOwn(value, name) ? value[name] : undefined
      const inner = typeof shape === 'function' ? shape : shape.later
      if (found !== undefined) inner(found, `${place}.${name}`)
      else if (typeof shape === 'function') refuse(place, 'a member is missing')
    }
  }
}

/** Any object; where one of these members is there, it has its shape. */
export function claims(members: Readonly<Record<string, Shape>>): Shape {
  return (value, place) => {
    if (!isObject(value)) return refuse(place, 'no object')
    for (const [name, shape] of Object.entries(members)) {
      const found = Object.hasOwn(value, name) ? value[name] : undefined
      if (found !== undefined) shape(found, `${place}.${name}`)
    }
  }
}

export function list(of: Shape): Shape {
  return (value, place) => {
    if (!Array.isArray(value)) return refuse(place, 'no list')
    value.forEach((each: Json, index) => of(each, `${place}.${index}`))
  }
}

/** This shape, or null. */
export function maybe(shape: Shape): Shape {
  return (value, place) => {
    if (value !== null) shape(value, place)
  }
}

/** A text that matches whole. */
export function like(pattern: RegExp): Shape {
  const whole = new RegExp(`^(?:${pattern.source})$`, 'u')
  return (value, place) => {
    if (typeof value !== 'string' || !whole.test(value)) refuse(place, 'no match')
  }
}

export const free: Shape = claims({})

export const time: Shape = (value) => void readTime(value)

export const text: Shape = (value, place) => {
  if (typeof value !== 'string') refuse(place, 'no text')
}

export const flag: Shape = (value, place) => {
  if (typeof value !== 'boolean') refuse(place, 'neither true nor false')
}

/** 0 .. 2**53 - 1. */
export const whole: Shape = (value, place) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) refuse(place, 'no whole number')
}

export function exactly(wanted: string | number): Shape {
  return (value, place) => {
    if (value !== wanted) refuse(place, 'another value')
  }
}

function refuse(place: string, why: string): void {
  throw new FormatError(`${place}: ${why}`)
}

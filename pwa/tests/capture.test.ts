// capture: what the phone holds is what it hashed.
import { expect, test } from 'vitest'
import { EmptyFileError, FileUnreadableError, StoreUnavailableError } from '../src/errors'
import { fileOf, freshStore, keepIn } from './make'
import { sha256 } from './real'

const WORDS = new TextEncoder().encode('#!AMR\n样例')

test('it keeps a copy of the bytes and their digest', async () => {
  const store = await freshStore()

  const draft = await keepIn(store, fileOf(WORDS))

  expect(draft.sha256).toBe(await sha256(WORDS))
  expect(new Uint8Array(await (await store.bytes(draft.id)).arrayBuffer())).toEqual(WORDS)
})

test('it keeps a file of several pieces whole and in order', async () => {
  const store = await freshStore()
  const large = new Uint8Array(9 * 1024 * 1024 + 17).map((_, at) => (at * 31) % 251)

  const draft = await keepIn(store, fileOf(large))

  expect(await sha256(new Uint8Array(await (await store.bytes(draft.id)).arrayBuffer()))).toBe(await sha256(large))
  expect(draft.sha256).toBe(await sha256(large))
})

test('it says when the file itself claims to be from', async () => {
  const draft = await keepIn(await freshStore(), fileOf(WORDS))

  expect(draft.takenAt).toBe('2026-11-01T00:00:00.000Z')
  expect(draft.capturedAt).toMatch(/^2026-11-23T08:/)
})

test('it refuses a file without bytes and keeps nothing', async () => {
  const store = await freshStore()

  await expect(keepIn(store, fileOf(new Uint8Array()))).rejects.toThrow(EmptyFileError)
  expect(await store.drafts('borrower')).toEqual([])
})

test('it refuses a file that becomes shorter while it is copied and keeps nothing', async () => {
  const store = await freshStore()
  const shrinking = Object.assign(fileOf(WORDS), { slice: () => new Blob([WORDS.slice(0, 3)]) })

  await expect(keepIn(store, shrinking)).rejects.toThrow(FileUnreadableError)
  expect(await store.drafts('borrower')).toEqual([])
})

test('a store that is full is a named error, not a lost file', async () => {
  const store = await freshStore()
  const draft = await keepIn(store, fileOf(WORDS))

  await expect(store.copy('x').then((copy) => copy.finish(draft))).rejects.toThrow(StoreUnavailableError)
})

test("another person's drafts are not shown", async () => {
  const store = await freshStore()
  await keepIn(store, fileOf(WORDS), 'somebody else')

  expect(await store.drafts('borrower')).toEqual([])
})

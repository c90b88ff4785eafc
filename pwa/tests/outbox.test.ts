// outbox: a draft leaves the phone only when the receipt names the very digest.
import { expect, test } from 'vitest'
import { OfflineError, ProblemError, SignInNeededError } from '../src/errors'
import { Outbox } from '../src/outbox/outbox'
import { fileOf, freshStore, keepIn } from './make'
import { HandClock, MemoryServer, settled } from './real'

const WORDS = new TextEncoder().encode('样例录音')

async function outboxWith(files: readonly File[], onSignInNeeded = () => undefined as void) {
  const store = await freshStore()
  const server = new MemoryServer()
  const clock = new HandClock()
  for (const file of files) await keepIn(store, file)
  const outbox = new Outbox('borrower', store, server, clock, onSignInNeeded)
  return { store, server, clock, outbox }
}

test('it sends what the phone holds, oldest first, and keeps the receipts', async () => {
  const { outbox, server, store } = await outboxWith([fileOf(WORDS, '一.amr'), fileOf(new Uint8Array([1]), '二.amr')])

  await outbox.start()
  await settled()

  expect(server.received).toEqual(['一.amr', '二.amr'])
  expect(outbox.view().lines).toEqual([])
  expect((await store.receipts('borrower')).length).toBe(2)
})

test('a receipt with another digest leaves the draft on the phone and says so', async () => {
  const { outbox, server, store } = await outboxWith([fileOf(WORDS)])
  server.road = (bytes) => bytes.map((byte, at) => (at === 0 ? byte ^ 1 : byte))

  await outbox.start()
  await settled()

  const [draft] = await store.drafts('borrower')
  expect(draft?.problem).toBe('receipt_mismatch')
  expect((await store.bytes(draft?.id ?? '')).size).toBe(WORDS.length)
  expect(await store.receipts('borrower')).toEqual([])
})

test('without a network it waits and sends when the time has come', async () => {
  const { outbox, server, clock } = await outboxWith([fileOf(WORDS)])
  server.refusals.push(new OfflineError())

  await outbox.start()
  await settled()
  expect(outbox.view().lines[0]?.waitingFor).toBe('offline')

  await clock.ring()
  expect(outbox.view().lines).toEqual([])
})

test('a refusal that time cannot heal is shown and not repeated', async () => {
  const { outbox, server, clock } = await outboxWith([fileOf(WORDS)])
  server.refusals.push(new ProblemError('quota_spent', 409, ''))

  await outbox.start()
  await settled()
  await clock.ring()

  expect(outbox.view().lines[0]?.draft.problem).toBe('quota_spent')
  expect(server.received).toEqual([])
})

test('one refused file does not hold up the next', async () => {
  const { outbox, server } = await outboxWith([fileOf(WORDS, '一.amr'), fileOf(new Uint8Array([1]), '二.amr')])
  server.refusals.push(new ProblemError('quota_spent', 409, ''))

  await outbox.start()
  await settled()

  expect(server.received).toEqual(['二.amr'])
})

test('an ended session asks the person and loses nothing', async () => {
  let asked = 0
  const { outbox, server, store } = await outboxWith([fileOf(WORDS)], () => void (asked += 1))
  server.refusals.push(new SignInNeededError())

  await outbox.start()
  await settled()

  expect(asked).toBe(1)
  expect((await store.drafts('borrower')).length).toBe(1)
})

test('pause is not delete: the bytes stay and resume sends them', async () => {
  const { outbox, server, store } = await outboxWith([fileOf(WORDS)])
  server.hold = new Promise(() => undefined)
  await outbox.start()
  await settled()
  const id = outbox.view().lines[0]?.draft.id ?? ''

  await outbox.pause(id)
  await settled()
  expect((await store.bytes(id)).size).toBe(WORDS.length)
  expect(outbox.view().lines[0]?.draft.isPaused).toBe(true)

  server.hold = Promise.resolve()
  await outbox.resume(id)
  await settled()
  expect(outbox.view().lines).toEqual([])
})

test('nothing is called stamped before the server says so', async () => {
  const { outbox, server, clock } = await outboxWith([fileOf(WORDS)])
  await outbox.start()
  await settled()
  await clock.ring()
  expect(outbox.view().receipts[0]?.isSealed).toBe(false)

  server.sealed.add(outbox.view().receipts[0]?.item ?? '')
  await clock.ring()

  expect(outbox.view().receipts[0]?.isSealed).toBe(true)
})

test('after a restart the outbox goes on with what the store holds', async () => {
  const { outbox, server, store, clock } = await outboxWith([fileOf(WORDS)])
  server.refusals.push(new OfflineError())
  await outbox.start()
  await settled()
  outbox.stop()

  await new Outbox('borrower', store, server, clock).start()
  await settled()

  expect(server.received).toEqual(['录音.amr'])
})

test('a removed draft is gone with its bytes', async () => {
  const { outbox, server, store } = await outboxWith([fileOf(WORDS)])
  server.hold = new Promise(() => undefined)
  await outbox.start()
  await settled()
  const id = outbox.view().lines[0]?.draft.id ?? ''

  await outbox.remove(id)
  await settled()

  expect(await store.drafts('borrower')).toEqual([])
  expect((await store.bytes(id)).size).toBe(0)
})

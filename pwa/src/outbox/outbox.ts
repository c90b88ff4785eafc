// Holds drafts until the server has them. A draft leaves the phone's store in one case only: the
// receipt names the very digest that this phone computed.
import { codeOf, isHealedByTime, ReceiptMismatchError, SignInNeededError } from '../errors'
import type { Draft, KeptReceipt, OutboxStore, Progress, Transport } from '../ports'

export interface OutboxLine {
  readonly draft: Draft
  readonly progress: Progress | null
  /** Set while the outbox waits by itself (no network, the server is busy). */
  readonly waitingFor: string | null
}

export interface OutboxView {
  readonly lines: readonly OutboxLine[]
  readonly receipts: readonly KeptReceipt[]
}

export interface Clock {
  after(ms: number, ring: () => void): () => void
}

const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 60_000
const SEAL_LOOK_MS = 1_500

/** One outbox for one signed-in person. */
export class Outbox {
  #lines: OutboxLine[] = []
  #receipts: readonly KeptReceipt[] = []
  #sending: { id: string; abort: AbortController } | null = null
  #cancelWait: () => void = () => undefined
  #cancelLook: () => void = () => undefined
  #wait = FIRST_WAIT_MS
  #isStopped = false
  readonly #listeners = new Set<(view: OutboxView) => void>()

  constructor(
    readonly owner: string,
    private readonly store: OutboxStore,
    private readonly transport: Transport,
    private readonly clock: Clock,
    private readonly onSignInNeeded: () => void = () => undefined,
  ) {}

  /** Reads what the phone holds and begins to send. Safe to call again when the network returns. */
  async start(): Promise<void> {
    this.#isStopped = false
    await this.#reload()
    this.#lookForSeals()
    void this.#pump()
  }

  /** Ends all sending; nothing is lost, `start` continues. */
  stop(): void {
    this.#isStopped = true
    this.#cancelWait()
    this.#cancelLook()
    this.#sending?.abort.abort()
  }

  view(): OutboxView {
    return { lines: this.#lines, receipts: this.#receipts }
  }

  /** Calls back now and at each change; the answer ends it. */
  subscribe(listener: (view: OutboxView) => void): () => void {
    this.#listeners.add(listener)
    listener(this.view())
    return () => this.#listeners.delete(listener)
  }

  /** Pause is not delete: the bytes stay in the phone's store. */
  async pause(id: string): Promise<void> {
    await this.store.update(id, { isPaused: true })
    if (this.#sending?.id === id) this.#sending.abort.abort()
    await this.#reload()
  }

  async resume(id: string): Promise<void> {
    await this.store.update(id, { isPaused: false, problem: null })
    await this.start()
  }

  async remove(id: string): Promise<void> {
    await this.store.remove(id)
    if (this.#sending?.id === id) this.#sending.abort.abort()
    await this.#reload()
  }

  async #reload(): Promise<void> {
    const before = new Map(this.#lines.map((line) => [line.draft.id, line]))
    const drafts = await this.store.drafts(this.owner)
    this.#lines = drafts.map((draft) => ({
      draft,
      progress: draft.isPaused ? null : (before.get(draft.id)?.progress ?? null),
      waitingFor: before.get(draft.id)?.waitingFor ?? null,
    }))
    this.#receipts = await this.store.receipts(this.owner)
    this.#tell()
  }

  async #pump(): Promise<void> {
    if (this.#sending !== null || this.#isStopped) return
    this.#cancelWait()
    let next = this.#next()
    while (next !== undefined && !this.#isStopped) {
      if (!(await this.#send(next))) return
      next = this.#next()
    }
  }

  #next(): Draft | undefined {
    return this.#lines.find(({ draft }) => !draft.isPaused && draft.problem === null)?.draft
  }

  /** Sends one draft. False: stop for now, a timer or the person will begin again. */
  async #send(draft: Draft): Promise<boolean> {
    const abort = new AbortController()
    this.#sending = { id: draft.id, abort }
    this.#show(draft.id, { progress: { sent: 0, total: draft.size }, waitingFor: null })
    try {
      const receipt = await this.transport.send(draft, await this.store.bytes(draft.id), {
        signal: abort.signal,
        onProgress: (progress) => this.#show(draft.id, { progress }),
        onBegun: async (upload) => void (await this.store.update(draft.id, { upload })),
      })
      if (receipt.sha256 !== draft.sha256) throw new ReceiptMismatchError(draft.sha256, receipt.sha256)
      const { owner, name, kind } = draft
      await this.store.settle(draft.id, { ...receipt, owner, case: draft.case, name, kind, isSealed: false })
      this.#wait = FIRST_WAIT_MS
      await this.#reload()
      this.#lookForSeals()
      return true
    } catch (error) {
      // Paused or removed: the store says which, and the next draft is chosen by what it says.
      if (abort.signal.aborted) {
        await this.#reload()
        return !this.#isStopped
      }
      return await this.#refused(draft, error)
    } finally {
      this.#sending = null
    }
  }

  async #refused(draft: Draft, error: unknown): Promise<boolean> {
    if (error instanceof SignInNeededError) {
      this.#show(draft.id, { progress: null, waitingFor: error.code })
      this.onSignInNeeded()
      return false
    }
    if (isHealedByTime(error)) {
      this.#show(draft.id, { progress: null, waitingFor: codeOf(error) })
      this.#cancelWait = this.clock.after(this.#wait, () => void this.#pump())
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS)
      return false
    }
    await this.store.update(draft.id, { problem: codeOf(error) })
    await this.#reload()
    return true
  }

  /** Asks until each received item has its time stamp: nothing is called stamped before. */
  #lookForSeals(): void {
    this.#cancelLook()
    const open = this.#receipts.filter((receipt) => !receipt.isSealed)
    if (open.length === 0 || this.#isStopped) return
    this.#cancelLook = this.clock.after(SEAL_LOOK_MS, () => void this.#look(open))
  }

  async #look(open: readonly KeptReceipt[]): Promise<void> {
    try {
      for (const { item } of open) {
        if (await this.transport.isSealed(item)) await this.store.markSealed(item)
      }
      await this.#reload()
    } catch (error) {
      // A look that fails changes nothing that is shown: the line stays "not yet stamped".
      if (!isHealedByTime(error)) return
    }
    this.#lookForSeals()
  }

  #show(id: string, change: Partial<Omit<OutboxLine, 'draft'>>): void {
    this.#lines = this.#lines.map((line) => (line.draft.id === id ? { ...line, ...change } : line))
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.view())
  }
}

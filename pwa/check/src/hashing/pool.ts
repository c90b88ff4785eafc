// Several workers that hash files at once. They are made of a text in the page itself: a page that was opened
// by double-click can load nothing. Where the browser starts none, the page hashes by itself, more slowly.
import type { Algorithm, Hashed, Hasher, Member } from '../ports.js'
import { available, hashMember } from './digest.js'
import type { Answer, Order } from './worker.js'

const MOST = 4

interface Task extends Order {
  readonly onBytes: (bytes: number) => void
  readonly resolve: (hashed: Hashed | null) => void
  readonly reject: (problem: Error) => void
}

export class HashingPool implements Hasher {
  readonly algorithms: ReadonlySet<Algorithm>
  readonly #workers: Worker[] = []
  readonly #idle: Worker[] = []
  readonly #waiting: Task[] = []

  private constructor(algorithms: ReadonlySet<Algorithm>) {
    this.algorithms = algorithms
  }

  /** `source` is the worker's script as text. Close it when done. */
  static async open(source: string): Promise<HashingPool> {
    const pool = new HashingPool(await available())
    const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
    try {
      const count = Math.max(1, Math.min(MOST, navigator.hardwareConcurrency || 2))
      for (let number = 0; number < count; number++) pool.#workers.push(new Worker(address))
      await Promise.all(pool.#workers.map(answers))
      pool.#idle.push(...pool.#workers)
    } catch {
      pool.close() // without workers `hash` works in the page
    } finally {
      URL.revokeObjectURL(address)
    }
    return pool
  }

  hash(member: Member, algorithms: readonly Algorithm[], onBytes: (bytes: number) => void = () => undefined): Promise<Hashed | null> {
    if (this.#workers.length === 0) return hashMember(member, algorithms, onBytes)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ member, algorithms, onBytes, resolve, reject })
      this.#next()
    })
  }

  close(): void {
    for (const worker of this.#workers.splice(0)) worker.terminate()
    this.#idle.length = 0
  }

  #next(): void {
    const worker = this.#idle.pop()
    const task = worker === undefined ? undefined : this.#waiting.shift()
    if (worker === undefined) return
    if (task === undefined) {
      this.#idle.push(worker)
      return
    }
    const over = (): void => {
      this.#idle.push(worker)
      this.#next()
    }
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.kind === 'bytes') {
        task.onBytes(data.bytes)
        return
      }
      if (data.kind === 'done') task.resolve(data.hashed)
      else task.reject(new Error(data.problem))
      over()
    }
    worker.onerror = (event) => {
      task.reject(new Error(event.message))
      over()
    }
    worker.postMessage({ member: task.member, algorithms: task.algorithms } satisfies Order)
  }
}

/** Whether a worker starts and answers: an empty file is its first task. */
function answers(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.kind === 'done') resolve()
      else if (data.kind === 'broken') reject(new Error(data.problem))
    }
    worker.onerror = (event) => reject(new Error(event.message))
    const member: Member = { blob: new Blob([]), isDeflated: false, size: 0, crc: null }
    worker.postMessage({ member, algorithms: ['sha256'] } satisfies Order)
  })
}

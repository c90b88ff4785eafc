// Hashes one file after another, away from the page's thread.
import type { Algorithm, Hashed, Member } from '../ports.js'
import { hashMember } from './digest.js'

export interface Order {
  readonly member: Member
  readonly algorithms: readonly Algorithm[]
}

export type Answer =
  | { readonly kind: 'bytes'; readonly bytes: number }
  | { readonly kind: 'done'; readonly hashed: Hashed | null }
  | { readonly kind: 'broken'; readonly problem: string }

const scope = self as unknown as {
  onmessage: (event: MessageEvent<Order>) => void
  postMessage(answer: Answer): void
}

scope.onmessage = async ({ data }) => {
  try {
    const hashed = await hashMember(data.member, data.algorithms, (bytes) => scope.postMessage({ kind: 'bytes', bytes }))
    scope.postMessage({ kind: 'done', hashed })
  } catch (problem) {
    scope.postMessage({ kind: 'broken', problem: String(problem) })
  }
}

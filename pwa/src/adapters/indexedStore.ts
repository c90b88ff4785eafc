// The phone's own store, in IndexedDB: drafts, their bytes in pieces, and the receipts we were given.
import { openDB } from 'idb'
import type { DBSchema, IDBPDatabase } from 'idb'
import { StoreUnavailableError } from '../errors'
import type { Draft, KeptReceipt, OutboxStore } from '../ports'

interface PhoneSchema extends DBSchema {
  drafts: { key: string; value: Draft; indexes: { owner: string } }
  // [draft, index] → one piece of its bytes; a Blob stays on the disk until it is read.
  pieces: { key: [string, number]; value: Blob }
  receipts: { key: string; value: KeptReceipt; indexes: { owner: string } }
}

/** Opens the store; asks the browser once not to evict it. */
export async function openStore(name = 'liuzheng'): Promise<OutboxStore> {
  const db = await guarded(() =>
    openDB<PhoneSchema>(name, 1, {
      upgrade(fresh) {
        fresh.createObjectStore('drafts', { keyPath: 'id' }).createIndex('owner', 'owner')
        fresh.createObjectStore('pieces')
        fresh.createObjectStore('receipts', { keyPath: 'item' }).createIndex('owner', 'owner')
      },
    }),
  )
  await dropOrphans(db)
  return storeOver(db)
}

function storeOver(db: IDBPDatabase<PhoneSchema>): OutboxStore {
  return {
    async copy(id) {
      let index = 0
      return {
        write: (chunk) => guarded(async () => void (await db.put('pieces', new Blob([chunk]), [id, index++]))),
        finish: (draft) => guarded(async () => void (await db.add('drafts', draft))),
        discard: () => guarded(() => db.delete('pieces', piecesOf(id))),
      }
    },
    drafts: (owner) => guarded(async () => byAge(await db.getAllFromIndex('drafts', 'owner', owner))),
    update: (id, change) =>
      guarded(async () => {
        const tx = db.transaction('drafts', 'readwrite')
        const draft = await tx.store.get(id)
        if (draft === undefined) throw new Error(`no draft ${id}`)
        const changed = { ...draft, ...change }
        await tx.store.put(changed)
        await tx.done
        return changed
      }),
    bytes: (id) => guarded(async () => new Blob(await db.getAll('pieces', piecesOf(id)))),
    settle: (id, receipt) =>
      guarded(async () => {
        const tx = db.transaction(['drafts', 'pieces', 'receipts'], 'readwrite')
        await Promise.all([
          tx.objectStore('receipts').put(receipt),
          tx.objectStore('drafts').delete(id),
          tx.objectStore('pieces').delete(piecesOf(id)),
          tx.done,
        ])
      }),
    remove: (id) =>
      guarded(async () => {
        const tx = db.transaction(['drafts', 'pieces'], 'readwrite')
        await Promise.all([tx.objectStore('drafts').delete(id), tx.objectStore('pieces').delete(piecesOf(id)), tx.done])
      }),
    receipts: (owner) => guarded(() => db.getAllFromIndex('receipts', 'owner', owner)),
    markSealed: (item) =>
      guarded(async () => {
        const tx = db.transaction('receipts', 'readwrite')
        const receipt = await tx.store.get(item)
        if (receipt !== undefined) await tx.store.put({ ...receipt, isSealed: true })
        await tx.done
      }),
  }
}

/** Bytes whose draft was never finished (the app was closed while copying) are of no use. */
async function dropOrphans(db: IDBPDatabase<PhoneSchema>): Promise<void> {
  const known = new Set(await db.getAllKeys('drafts'))
  const orphans = new Set<string>()
  for (const [draft] of await db.getAllKeys('pieces')) if (!known.has(draft)) orphans.add(draft)
  for (const draft of orphans) await db.delete('pieces', piecesOf(draft))
}

function piecesOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER])
}

function byAge(drafts: readonly Draft[]): readonly Draft[] {
  return [...drafts].sort((a, b) => a.capturedAt.localeCompare(b.capturedAt))
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw new StoreUnavailableError(cause)
  }
}

// Files that another app shared with us: the service worker left them in a cache, we take them out.

const SHARED = 'shared-files'

export interface SharedFile {
  readonly key: string
  readonly file: File
}

export async function sharedFiles(): Promise<readonly SharedFile[]> {
  if (!('caches' in globalThis) || !(await caches.has(SHARED))) return []
  const cache = await caches.open(SHARED)
  const found: SharedFile[] = []
  for (const request of await cache.keys()) {
    const kept = await cache.match(request)
    if (kept === undefined) continue
    const name = decodeURIComponent(kept.headers.get('X-File-Name') ?? '')
    const bytes = await kept.blob()
    found.push({ key: request.url, file: new File([bytes], name, { type: bytes.type }) })
  }
  return found
}

export async function forgetShared(keys: readonly string[]): Promise<void> {
  const cache = await caches.open(SHARED)
  await Promise.all(keys.map((key) => cache.delete(key)))
}

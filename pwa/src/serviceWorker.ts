// Keeps the app itself on the phone, so that it opens without a network, and takes files that other
// apps share with us. It never keeps an answer of the API: evidence lies in the phone's store only.
declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: readonly { readonly url: string; readonly revision: string | null }[]
}

/** The page is asked for as `/`: an answer that was redirected there may not answer a navigation. */
const FILES = self.__WB_MANIFEST.map(({ url, revision }) => ({ path: url === 'index.html' ? '/' : `/${url}`, revision }))
const CACHE = `app-${versionOf(FILES)}`
const SHARED = 'shared-files'

self.addEventListener('install', (event) => {
  // No skipWaiting: an open page keeps the build whose later screens it may still load.
  event.waitUntil(keepAll())
})

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOlder().then(() => self.clients.claim()))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== self.location.origin) return
  if (request.method === 'POST' && url.pathname === '/share') event.respondWith(takeShared(request))
  else if (request.method === 'GET' && isOurs(request, url)) event.respondWith(answer(request, url))
})

async function keepAll(): Promise<void> {
  const cache = await caches.open(CACHE)
  await Promise.all(
    FILES.map(async ({ path }) => {
      const answered = await fetch(path, { cache: 'no-cache' })
      if (!answered.ok || answered.redirected) throw new Error(`${answered.status} for ${path}`)
      await cache.put(path, answered)
    }),
  )
}

async function dropOlder(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith('app-') && name !== CACHE).map((name) => caches.delete(name)))
}

/** Only the files of this build, and the page itself; the API, the console and the rest go to the network. */
function isOurs(request: Request, url: URL): boolean {
  if (request.mode === 'navigate') return url.pathname === '/'
  return FILES.some(({ path }) => path === url.pathname)
}

async function answer(request: Request, url: URL): Promise<Response> {
  const cache = await caches.open(CACHE)
  const kept = await cache.match(url.pathname)
  return kept ?? fetch(request)
}

/** Files from another app's share sheet wait in a cache of their own until the page copies them. */
async function takeShared(request: Request): Promise<Response> {
  const form = await request.formData()
  const cache = await caches.open(SHARED)
  for (const entry of form.getAll('files')) {
    if (typeof entry === 'string') continue
    const headers = { 'Content-Type': entry.type, 'X-File-Name': encodeURIComponent(entry.name) }
    await cache.put(`/shared/${crypto.randomUUID()}`, new Response(entry, { headers }))
  }
  return Response.redirect('/', 303)
}

function versionOf(files: typeof FILES): string {
  let sum = 0
  for (const character of files.map(({ path, revision }) => path + (revision ?? '')).join('|')) {
    sum = (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) | 0
  }
  return (sum >>> 0).toString(36)
}

export {}

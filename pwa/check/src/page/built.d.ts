// What the build puts in (pwa/check/build.mjs).
declare module 'virtual:built' {
  export const CATALOGUES: Readonly<Record<'zh-CN' | 'en', string>>
  export const ROOTS: string // the verifier's dated list of roots, JSON
  export const WORKER: string // the hashing worker's script
}

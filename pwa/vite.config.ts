// Builds the phone client. Nothing is inlined: the page runs under a policy that refuses it.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

const repository = fileURLToPath(new URL('..', import.meta.url))

export default defineConfig({
  base: '/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2020',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    reportCompressedSize: false,
  },
  // A classic worker also starts in the older engines that cheap phones carry.
  worker: { format: 'iife' },
  server: {
    fs: { allow: [repository] },
    proxy: { '/api': 'http://127.0.0.1:8000', '/_allauth': 'http://127.0.0.1:8000' },
  },
  test: { environment: 'node', include: ['tests/**/*.test.ts', 'check/tests/**/*.test.ts'] },
  plugins: [
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'serviceWorker.ts',
      injectRegister: false,
      injectManifest: { globPatterns: ['**/*.{js,css,html,svg,png,webmanifest}'] },
      manifest: {
        id: '/',
        name: '留证',
        short_name: '留证',
        description: '留证：保存证据',
        lang: 'zh-CN',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#faf8f3',
        theme_color: '#faf8f3',
        icons: [
          { src: '/icons/seal-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
          { src: '/icons/seal-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
          { src: '/icons/seal-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
        share_target: {
          action: '/share',
          method: 'POST',
          enctype: 'multipart/form-data',
          params: {
            files: [
              {
                name: 'files',
                accept: ['audio/*', 'image/*', 'video/*', 'text/*', 'application/*', '.amr', '.m4a', '.xml', '.txt', '.db'],
              },
            ],
          },
        },
      },
    }),
  ],
})

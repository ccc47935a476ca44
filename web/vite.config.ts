import { readFileSync } from 'node:fs';

import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';

import { compileKernels, SOURCE } from './kernels/compile.js';

/** `virtual:kernels`: the loops over pixels as WebAssembly, in base64. They have 2 kB, too few for a file of their own. */
const kernels = (): Plugin => ({
  name: 'kernels',
  resolveId: (id) => (id === 'virtual:kernels' ? '\0virtual:kernels' : null),
  async load(id) {
    if (id !== '\0virtual:kernels') return null;
    this.addWatchFile(SOURCE);
    return `export default '${Buffer.from(await compileKernels()).toString('base64')}';`;
  },
});

/** Of the networks' runtime, whose files have the same addresses in every version. */
const { version } = JSON.parse(
  readFileSync(new URL('./node_modules/@litertjs/core/package.json', import.meta.url), 'utf8'),
) as { version: string };

/** The app works offline: all of it, with models and runtime, is stored at the first visit. */
const offline = VitePWA({
  registerType: 'prompt', // a new version waits for the next start: none replaces the page in mid-lesson
  injectRegister: 'script',
  manifest: {
    name: 'FER Desktop',
    short_name: 'FER Desktop',
    description: 'Class mood beside a video call, read on this device',
    start_url: './',
    scope: './',
    display: 'standalone',
    background_color: '#f3f5f8',
    theme_color: '#0a62b0',
    icons: [{ src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
  },
  workbox: {
    globPatterns: ['**/*.{html,js,css,svg,wasmz,tflite}'],
    // Safari's runtime is stored only where it is used: nobody needs both. A new version of the app looks for its own.
    globIgnores: ['litert/*compat*'],
    runtimeCaching: [{ urlPattern: /\/litert\//, handler: 'CacheFirst', options: { cacheName: `litert ${version}` } }],
    maximumFileSizeToCacheInBytes: 4_000_000, // the runtime alone has 2.8 MB
    inlineWorkboxRuntime: true,
    cleanupOutdatedCaches: true,
  },
});

export default defineConfig({
  base: './',
  plugins: [offline, kernels()],
  // Module workers cannot importScripts, by which the LiteRT runtime loads itself.
  worker: { format: 'iife', plugins: () => [kernels()] },
  build: { target: 'es2022', sourcemap: false, modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  test: { include: ['src/**/*.test.ts'], environment: 'node', testTimeout: 60_000, hookTimeout: 60_000 },
});

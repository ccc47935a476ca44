import { defineConfig } from 'vitest/config';

export default defineConfig({
  base: './',
  // Module workers cannot importScripts, by which the LiteRT runtime loads itself.
  worker: { format: 'iife' },
  build: { target: 'es2022', sourcemap: false, modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});

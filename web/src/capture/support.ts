/** Whether the browser has what the app is made of. */

/** A function that uses one instruction of WebAssembly's SIMD: https://github.com/GoogleChromeLabs/wasm-feature-detect */
const SIMD = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0],
  ...[65, 0, 253, 15, 253, 98, 11],
);

/** What is looked for in a page. */
export interface Parts {
  readonly Worker?: unknown;
  readonly OffscreenCanvas?: unknown;
  readonly DecompressionStream?: unknown;
  readonly WebAssembly?: Pick<typeof WebAssembly, 'validate'> | undefined;
  readonly navigator?: { readonly locks?: unknown } | undefined;
}

/** False where the networks cannot run, or frames cannot be read. */
export function canRun(parts: Parts = globalThis): boolean {
  const { Worker, OffscreenCanvas, DecompressionStream, WebAssembly, navigator } = parts;
  return Boolean(Worker && OffscreenCanvas && DecompressionStream && navigator?.locks && WebAssembly?.validate(SIMD));
}

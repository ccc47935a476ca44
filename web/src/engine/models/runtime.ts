/**
 * The runtime of the networks: WebAssembly, which is stored compressed (2.8 MB instead of 9.4), compiled once, and
 * shared by all workers.
 */
import { loadLiteRt, supportsFeature } from '@litertjs/core';

/** `name`: of the runtime's files, without their endings. */
export interface Runtime {
  readonly name: string;
  readonly module: WebAssembly.Module;
}

/** Fetches and compiles the build of the runtime that this browser can run; Safari lacks relaxed SIMD. */
export async function compileRuntime(folder: string): Promise<Runtime> {
  const name = (await supportsFeature('relaxedSimd')) ? 'litert_wasm_internal' : 'litert_wasm_compat_internal';
  const response = await fetch(`${folder}${name}.wasmz`);
  if (!response.ok || !response.body) throw new Error(`${name} cannot be read: ${String(response.status)}`);
  const bytes = response.body.pipeThrough(new DecompressionStream('gzip'));
  const headers = { 'Content-Type': 'application/wasm' };
  return { name, module: await WebAssembly.compileStreaming(new Response(bytes, { headers })) };
}

/** Starts the runtime in this worker. */
export async function startRuntime(folder: string, { name, module }: Runtime): Promise<void> {
  const failed = new Promise<never>((_, reject) => {
    const instantiateWasm = (imports: WebAssembly.Imports, done: Instantiated): object => {
      WebAssembly.instantiate(module, imports).then((instance) => {
        done(instance, module);
      }, reject);
      return {};
    };
    // The runtime's script takes what it finds here instead of loading its WebAssembly itself.
    (globalThis as { Module?: object }).Module = { instantiateWasm };
  });
  await Promise.race([loadLiteRt(`${folder}${name}.js`), failed]);
}

type Instantiated = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;

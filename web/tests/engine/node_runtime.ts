/**
 * Runs LiteRT.js in Node, so that the tests use the very networks: Node lacks what a worker offers to the runtime's
 * script, which loads its WebAssembly by it. To be installed before the runtime is loaded.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runInThisContext } from 'node:vm';
import type { ModelSource } from '../../src/engine/models/litert';
import type { Runtime } from '../../src/engine/models/runtime';

const PUBLIC = new URL('../../public/', import.meta.url);

const RUNTIME = new URL('../../node_modules/@litertjs/core/wasm/', import.meta.url);

/** The models that `tools/web_models.py` copies; the runtime as it is installed, as Node may need another build of it. */
export const SOURCE: ModelSource = {
  modelFolder: new URL('models/', PUBLIC).href,
  runtimeFolder: RUNTIME.href,
  runtime: findRuntime(),
  expressions: true,
  accelerator: 'wasm',
};

/** The build that this Node can run. */
function findRuntime(): Runtime {
  for (const name of ['litert_wasm_internal', 'litert_wasm_compat_internal']) {
    const bytes = readFileSync(new URL(`${name}.wasm`, RUNTIME));
    if (WebAssembly.validate(bytes)) return { name, module: new WebAssembly.Module(bytes) };
  }
  throw new Error('Node can run no build of the runtime');
}

export function installWorkerGlobals(): void {
  Object.assign(globalThis, {
    self: globalThis,
    importScripts: (url: string) => {
      const file = fileURLToPath(url);
      Object.assign(globalThis, {
        require: createRequire(pathToFileURL(file)),
        __filename: file,
        __dirname: dirname(file),
      });
      runInThisContext(readFileSync(file, 'utf8'), { filename: file });
    },
    fetch: (url: string | URL) =>
      Promise.resolve(
        new Response(readFileSync(fileURLToPath(url)), { headers: { 'Content-Type': 'application/wasm' } }),
      ),
  });
}

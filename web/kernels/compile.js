/** Compiles `pictures.ts`. JavaScript, as the compiler's own types would change those of the whole app. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

/** The file that is compiled. */
export const SOURCE = join(import.meta.dirname, 'pictures.ts');

const OPTIONS = ['--runtime', 'stub', '--enable', 'simd', '--optimizeLevel', '3', '--noAssert', '--use', 'abort='];

/** The module's bytes. */
export async function compileKernels() {
  let code = null;
  const { error, stderr } = await asc.main(['pictures.ts', '--outFile', 'pictures.wasm', ...OPTIONS], {
    readFile: (name) => readFile(join(import.meta.dirname, name), 'utf8').catch(() => null),
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') code = contents;
    },
    listFiles: () => [],
  });
  if (error || code === null) throw new Error(`the kernels do not compile: ${stderr.toString()}`, { cause: error });
  return code;
}

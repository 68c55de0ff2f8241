// Compiles the AssemblyScript kernels and writes them, base64, into modules that TypeScript can import: so the compiled
// package needs no file beside its own, and tests run from sources.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const folder = fileURLToPath(new URL('../generated/', import.meta.url));
const options = ['-O3', '--converge', '--enable', 'simd', '--runtime', 'stub', '--noAssert', '--importMemory'];

async function compiled(source) {
  let binary;
  const { error, stderr } = await asc.main([source, '--outFile', 'kernel.wasm', ...options], {
    writeFile: (name, contents) => {
      if (name === 'kernel.wasm') binary = Buffer.from(contents);
    },
  });
  if (error === null && binary !== undefined) return binary;
  process.stderr.write(`${stderr.toString()}${error?.message ?? 'the compiler wrote nothing'}\n`);
  process.exit(1);
}

mkdirSync(folder, { recursive: true });
for (const [name, exported] of [
  ['kuramoto-sivashinsky', 'kuramotoSivashinskyWasm'],
  ['flow', 'flowWasm'],
]) {
  const binary = await compiled(fileURLToPath(new URL(`./${name}/kernel.ts`, import.meta.url)));
  writeFileSync(
    `${folder}${name}-wasm.ts`,
    `const binary = '${binary.toString('base64')}';

/** The kernel of src/kernels/assembly/${name}, compiled. Written by build.mjs there; not kept under version control. */
export function ${exported}(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(binary, 'base64'));
}
`,
  );
}

import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { InverseClaimsError } from '../core/errors.ts';

/** What a module exports, by name. */
export type Exported = Readonly<Record<string, unknown>>;

/** The part of `tsx/esm/api` that is used. */
interface TsxApi {
  tsImport(specifier: string, parent: string): Promise<Exported>;
}

/**
 * Imports a module of a user; TypeScript, where Node.js itself does not load it, with the `tsx` of the module's own project.
 *
 * Throws what the module throws, and `solver-protocol` for TypeScript in a project without tsx.
 *
 * @param module  absolute path
 */
export async function importModule(module: string): Promise<Exported> {
  const url = pathToFileURL(module).href;
  try {
    return (await import(url)) as Exported;
  } catch (error) {
    const unknown = (error as { readonly code?: unknown } | undefined)?.code === 'ERR_UNKNOWN_FILE_EXTENSION';
    if (!unknown || !/\.[cm]?tsx?$/.test(module)) throw error;
  }
  const { tsImport } = (await import(tsxOf(module))) as TsxApi;
  const found = await tsImport(url, import.meta.url);
  // Where the project is of type CommonJS, the exports are those of the default.
  const inner = found.default as Exported | undefined;
  return inner !== undefined && Object.hasOwn(inner, '__esModule') ? inner : found;
}

function tsxOf(module: string): string {
  try {
    // The entry for require stands beside the one for import, which is wanted.
    return pathToFileURL(
      createRequire(module)
        .resolve('tsx/esm/api')
        .replace(/\.cjs$/, '.mjs'),
    ).href;
  } catch {
    throw new InverseClaimsError('solver-protocol', {
      where: `check: ${module}`,
      expected: 'JavaScript, or TypeScript in a project that has tsx',
      received: 'TypeScript in one that has not',
      hint: 'npm install --save-dev tsx',
    });
  }
}

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a report says about where it was made; everything in it is the same from run to run. */
export interface Environment {
  readonly node: string;
  readonly platform: string;
  readonly arch: string;
  readonly version: string;
  readonly codeHash: string;
}

const fromSource = import.meta.url.endsWith('.ts');
/** Root of the code that runs: the package in sources, `dist` when compiled. */
const codeRoot = fileURLToPath(new URL('../../', import.meta.url));
const packageRoot = fromSource ? codeRoot : join(codeRoot, '..');

/** What laws read beside code: where it lies in sources and when compiled. */
const DATA = ['fixtures/kuramoto-sivashinsky.json'] as const;

/** Version in package.json. */
export function packageVersion(): string {
  return packageJson().version;
}

/**
 * SHA-256, first 16 hex digits, over the names and contents of the code that runs, declarations and tests left out.
 * Sources and compiled code hash differently: the hash says whether two reports came from the same program.
 */
export function codeHash(): string {
  return hashOf(['properties', 'src', 'theory']);
}

/** The same over the code that trials, laws and figures run on: what renders and commands does not enter. */
export function trialCodeHash(): string {
  const layers = ['claims', 'core', 'kernels', 'networks', 'numerics', 'simulators', 'solvers', 'verdicts'];
  return hashOf(['properties', 'theory', ...layers.map((layer) => join('src', layer))]);
}

/** Hash of the folders' code, of `DATA`, and of the versions of the dependencies that are installed. */
function hashOf(folders: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(installedVersions()));
  for (const folder of folders) {
    for (const file of codeFiles(join(codeRoot, folder))) {
      hash.update(file.slice(codeRoot.length)).update('\u0000').update(readFileSync(file)).update('\u0000');
    }
  }
  for (const file of DATA) {
    hash
      .update(file)
      .update('\u0000')
      .update(readFileSync(join(codeRoot, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

interface PackageJson {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function packageJson(folder: string = packageRoot): PackageJson {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
}

/** Name and installed version of every dependency, the optional ones included; null where one is absent. */
function installedVersions(): readonly (readonly [string, string | null])[] {
  const { dependencies, optionalDependencies } = packageJson();
  const { resolve } = createRequire(import.meta.url);
  return Object.keys({ ...dependencies, ...optionalDependencies }).map((name) => {
    const folders = (resolve.paths(name) ?? []).map((folder) => join(folder, name));
    const installed = folders.find((folder) => existsSync(join(folder, 'package.json')));
    return [name, installed === undefined ? null : packageJson(installed).version] as const;
  });
}

function codeFiles(folder: string): string[] {
  const wanted = fromSource ? /(?<!\.test)\.ts$/ : /\.js$/;
  let entries: string[];
  try {
    entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
  return entries
    .filter((name) => wanted.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** Operating system and processor, as journals name them. */
export function machine(): string {
  return `${process.platform}-${process.arch}`;
}

/** The environment of this process. */
export function environment(): Environment {
  return {
    node: process.versions.node,
    platform: process.platform,
    arch: process.arch,
    version: packageVersion(),
    codeHash: codeHash(),
  };
}

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { catalogue, selectClaims } from '../src/claims/catalogue.ts';
import * as publicSurface from '../src/index.ts';
import { examplesIn, promisedResults } from './architecture/docstrings.ts';
import { falseResults, resultCount, type Scope } from './architecture/examples.ts';
import {
  concerns,
  type PlantedImport,
  type Violation,
  violations,
  violationsOfPlanted,
} from './architecture/layers.ts';
import { plantedImports } from './architecture/planted-imports.ts';
import { readmeFaults, type Surroundings } from './architecture/readme.ts';
import { type Help, parseHelp } from './architecture/shell.ts';
import {
  MOST_LINES,
  type SourceFile,
  sourceFiles,
  tooLong,
  unseeded,
  vaguelyNamed,
} from './architecture/source-files.ts';
import * as generators from './generators.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));
const sources = sourceFiles(repository, ['src', 'theory', 'properties']);

/** What `import … from 'name'` gives in the file, or in the project of somebody who installed the library. */
async function loadModule(name: string, importer?: string): Promise<Scope | undefined> {
  if (name === 'inverse-claims') return publicSurface;
  if (name === 'inverse-claims/arbitraries') return { ...generators };
  if (name.startsWith('node:') || ['fast-check', '@tensorflow/tfjs'].includes(name))
    return (await import(/* @vite-ignore */ name)) as Scope;
  return importer !== undefined && /^\.\.?\//.test(name)
    ? loadFile(path.posix.join(path.posix.dirname(importer), name))
    : undefined;
}

async function loadFile(file: string): Promise<Scope> {
  return (await import(/* @vite-ignore */ pathToFileURL(path.join(repository, file)).href)) as Scope;
}

/** What is false in an example, for a reader who sees the exports of its file and those of the library. */
async function falseInFile(file: string, source: string): Promise<readonly string[]> {
  const scope = { ...publicSurface, ...(await loadFile(file)) };
  return falseResults(source, scope, (name) => loadModule(name, file));
}

describe('who may import what', () => {
  const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
    forbidden: readonly { readonly name: string; readonly severity: string }[];
  };
  let own: readonly Violation[];
  let found: readonly Violation[];
  beforeAll(async () => {
    [own, found] = await Promise.all([
      violations(repository, repository),
      violationsOfPlanted(plantedImports, repository),
    ]);
  }, 120_000);

  it('holds in this repository', () => {
    expect(own).toEqual([]);
  });

  it.each(forbidden)('has a planted import that breaks $name', ({ name, severity }) => {
    expect(severity, 'a warning would turn nothing red').toBe('error');
    expect(plantedImports.flatMap(({ breaks }) => breaks)).toContain(name);
  });

  const rulesBrokenBy = (planted: PlantedImport) =>
    found.filter((violation) => concerns(planted, violation)).map(({ rule }) => rule);

  it.each(plantedImports.filter(({ breaks }) => breaks.length > 0))('$from importing $to breaks $breaks', (planted) => {
    expect(rulesBrokenBy(planted)).toEqual(planted.breaks);
  });

  it.each(plantedImports.filter(({ breaks }) => breaks.length === 0))('$from may import $to', (planted) => {
    expect(rulesBrokenBy(planted)).toEqual([]);
  });

  it('finds nothing beyond what is planted', () => {
    const strays = found.filter((violation) => !plantedImports.some((planted) => concerns(planted, violation)));
    expect(strays).toEqual([]);
  });
});

describe('examples in docstrings', () => {
  const examples = sources.flatMap((file) => examplesIn(file).map((example) => ({ ...example, file: file.path })));

  it('are found wherever a result is written, and there are many', () => {
    const counts = sources.map((file) => ({
      file: file.path,
      extracted: examplesIn(file).reduce((sum, { source }) => sum + resultCount(source), 0),
      promised: promisedResults(file),
    }));
    expect(counts.filter(({ extracted, promised }) => extracted < promised)).toEqual([]);
    expect(counts.reduce((sum, { extracted }) => sum + extracted, 0)).toBeGreaterThan(20);
  });

  it.each(examples)('are true at $where', async ({ source, file }) => {
    expect(resultCount(source), 'an example shows at least one result').toBeGreaterThan(0);
    expect(await falseInFile(file, source)).toEqual([]);
  });

  it('are caught where they are false, and may import what their file may import', async () => {
    const text = [
      '/**',
      ' * @example',
      " * import { norm } from '../numerics/vector.ts';",
      ' * norm(batchOfRows([[3, 4]]).data); // => 5',
      ' * globalMinimum.name; // => "minimum"',
      ' */',
    ].join('\n');
    const [example] = examplesIn({ path: 'src/core/batch.ts', text });
    expect(await falseInFile('src/core/batch.ts', example?.source ?? '')).toEqual([
      `globalMinimum.name is 'globalMinimum', not "minimum"`,
    ]);
  });
});

describe('README.md', () => {
  const run = promisify(execFile);
  const helps = new Map<string, Promise<Help>>();
  const printedHelp = async (words: readonly string[]): Promise<Help> => {
    const program = ['--import', 'tsx', 'src/cli.ts', ...words, '--help'];
    return parseHelp((await run(process.execPath, program, { cwd: repository })).stdout);
  };
  const { scripts } = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8')) as { scripts: object };
  const surroundings: Surroundings = {
    load: (name) => loadModule(name),
    help: (command = '') => {
      const help = helps.get(command) ?? printedHelp(command === '' ? [] : [command]);
      helps.set(command, help);
      return help;
    },
    requireClaim: (name, prefixes) => (prefixes ? selectClaims(catalogue, [name], 'full') : catalogue.claim(name)),
    scripts: Object.keys(scripts),
  };
  const faultsIn = (markdown: string) => readmeFaults(markdown, surroundings);
  const block = (language: string, ...lines: string[]) => ['```'.concat(language), ...lines, '```', ''].join('\n');
  const trueBlock = block('ts', "import { batch } from 'inverse-claims';", 'console.log(batch(2, 3).cols); // => 3');
  const id = catalogue.claims[0]?.id as string;

  it('says in its code blocks what is so', async () => {
    expect(await faultsIn(readFileSync(path.join(repository, 'README.md'), 'utf8'))).toEqual([]);
  });

  it.each(['verify', 'nightly'])('may be copied: %s.yml runs what exists, and keeps its report', async (name) => {
    const text = readFileSync(path.join(repository, `examples/github/${name}.yml`), 'utf8');
    const { jobs } = parse(text) as { jobs: Record<string, { steps: { run?: string; uses?: string }[] }> };
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    const commands = steps.flatMap(({ run: command = '' }) => command.replaceAll(/\$\{\{[^}]*\}\}/g, '1'));
    expect(commands.join('\n')).toContain('npx inverse-claims verify');
    expect(await faultsIn(`${trueBlock}\n${block('sh', ...commands)}`)).toEqual([]);
    expect(steps.some(({ uses = '' }) => uses.startsWith('actions/upload-artifact@'))).toBe(true);
  });

  it('may show what exists', async () => {
    const commands = block(
      'sh',
      '# all of it',
      'npm ci && npm test',
      'npx inverse-claims --version',
      '$ CI=1 npx inverse-claims verify --tier=full --seed 7 --json > report.json  # takes long',
      `npx inverse-claims verify ${id.split('.')[0]} ${id} \\`,
      '  --jobs 2 --out /tmp/report',
      `npx inverse-claims explain ${id} | less`,
      'npx inverse-claims replay <claim> --path 3',
    );
    expect(await faultsIn(`# Title\n\n${trueBlock}\n${commands}\n${block('json', '{ "npx": 1 }')}`)).toEqual([]);
  });

  it.each([
    ['', 'no block of TypeScript'],
    [
      block('ts', "import { batch } from 'inverse-claims';", 'batch(2, 3).cols; // => 2'),
      'line 5: batch(2, 3).cols is 3',
    ],
    [block('ts', 'batch(2, 3);'), 'batch is not defined'],
    [block('ts', "import { batch } from 'inverse-claims/core';"), 'cannot be imported'],
    [block('sh', 'npm run everything'), 'no script for'],
    [block('sh', 'npx inverse-claims verfy'), 'there is no command verfy'],
    [block('bash', 'npm ci && npx inverse-claims verify --fast'), 'there is no --fast'],
    [block('sh', 'npx inverse-claims verify --tier huge'), '--tier cannot be huge'],
    [block('sh', 'npx inverse-claims verify --seed'), '--seed needs a value'],
    [block('sh', 'npx inverse-claims verify wave-pocket'), 'wave-pocket'],
    [block('sh', 'npx inverse-claims explain'), '<claim> is missing'],
    [block('sh', `npx inverse-claims explain ${id} ${id}`), 'one argument too many'],
    [block('sh', `npx inverse-claims explain ${id.split('.')[0]}`), 'expected one of'],
  ])('is caught with %j', async (markdown, fault) => {
    const faults = await faultsIn(fault === 'no block of TypeScript' ? markdown : `${trueBlock}${markdown}`);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
  });
});

describe('habits of the sources', () => {
  const planted = (at: string, ...lines: string[]): readonly SourceFile[] => [
    { path: at, text: `${lines.join('\n')}\n` },
  ];

  it(`keep files at ${MOST_LINES} lines at most`, () => {
    expect(tooLong(sources)).toEqual([]);
    const line = '// line';
    expect(tooLong(planted('src/a.ts', ...new Array<string>(MOST_LINES).fill(line)))).toEqual([]);
    expect(tooLong(planted('src/a.ts', ...new Array<string>(MOST_LINES + 1).fill(line)))).toEqual([
      'src/a.ts: 301 lines',
    ]);
  });

  it('name files after their idea', () => {
    expect(vaguelyNamed(sources)).toEqual([]);
    for (const at of ['src/utils.ts', 'src/core/types.ts', 'src/report/html-helpers.ts', 'theory/common/mean.ts']) {
      expect(vaguelyNamed(planted(at))).toEqual([at]);
    }
    expect(vaguelyNamed(planted('src/core/common-noise.ts'))).toEqual([]);
  });

  it('take randomness and time from seeds only', () => {
    expect(unseeded(sources)).toEqual([]);
    for (const word of ['Math.random()', 'Date.now()', 'new Date()']) {
      expect(unseeded(planted('src/solvers/adam.ts', '', `start(${word});`))).toEqual([
        `src/solvers/adam.ts:2: start(${word});`,
      ]);
      expect(unseeded(planted('src/commands/verify.ts', word))).toEqual([]);
    }
  });

  it('read the whole tree', () => {
    const paths = sources.map((file) => file.path);
    expect(paths).toEqual(expect.arrayContaining(['src/index.ts', 'src/core/batch.ts', 'properties/law.ts']));
    expect(paths.filter((at) => at.endsWith('.test.ts'))).toEqual([]);
  });
});

describe('ids of claims', () => {
  const wellFormed = /^(?!.*npx)[a-z-]+\.[a-z0-9-]+$/;

  it.each(catalogue.claims.map((claim) => claim.id))('%s is group.statement-in-kebab-case', (id) => {
    expect(id).toMatch(wellFormed);
  });

  it.each(['wave packet.minima', 'wave-packet', 'wavePacket.minima', 'wave-packet.a.b', 'wave-packet.npx-verify'])(
    '%s is not',
    (id) => {
      expect(id).not.toMatch(wellFormed);
    },
  );
});

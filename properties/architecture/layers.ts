import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** One forbidden import: which rule of .dependency-cruiser.cjs it breaks, and the two files (or the package). */
export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

/** What `npm run lint` hands to dependency-cruiser; a pattern, because a folder without sources may be absent. */
const CRUISED = '{src,theory,properties}/**/*.?(c|m)[jt]s';

interface Finding extends Omit<Violation, 'rule'> {
  readonly rule: { readonly name: string };
  readonly cycle?: readonly { readonly name: string }[];
}

/** Of a cycle only one import is named; all of them break the rule. */
function importsOf({ from, to, rule, cycle }: Finding): readonly Violation[] {
  if (cycle === undefined) return [{ rule: rule.name, from, to }];
  return cycle.map(({ name }, k) => ({ rule: rule.name, from: cycle.at(k - 1)?.name ?? from, to: name }));
}

/** Runs dependency-cruiser with the given rules over the tree at `root`. A crash of it throws its own message. */
export function violations(root: string, repository: string): Promise<readonly Violation[]> {
  const program = path.join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const rules = path.join(repository, '.dependency-cruiser.cjs');
  const run = [program, CRUISED, '--config', rules, '--output-type', 'json'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, run, { cwd: root, maxBuffer: 2 ** 28 }, (_error, stdout, stderr) => {
      // The exit code is the number of violations, so only the output tells a crash from a finding.
      try {
        const { summary } = JSON.parse(stdout) as {
          summary: {
            totalCruised: number;
            violations: readonly Finding[];
          };
        };
        if (summary.totalCruised === 0) throw new Error('dependency-cruiser found no source');
        resolve(summary.violations.flatMap(importsOf));
      } catch (error) {
        reject(new Error(`dependency-cruiser failed: ${stderr || String(error)}`));
      }
    });
  });
}

/** An import written into the planted tree, and the rules it must break: none for an import that is allowed. */
export interface PlantedImport {
  readonly from: string;
  /** A file, or `package:name`. */
  readonly to: string;
  /** The statement that imports; every kind counts. */
  readonly by: 'import' | 'import type' | 'import()';
  readonly breaks: readonly string[];
}

const PACKAGE = 'package:';

/** Builds a tree outside the repository that holds only the planted imports, cruises it and removes it again. */
export async function violationsOfPlanted(
  planted: readonly PlantedImport[],
  repository: string,
): Promise<readonly Violation[]> {
  const root = mkdtempSync(path.join(tmpdir(), 'planted-imports-'));
  try {
    for (const file of ['package.json', 'tsconfig.json']) cpSync(path.join(repository, file), path.join(root, file));
    symlinkSync(path.join(repository, 'node_modules'), path.join(root, 'node_modules'), 'junction');
    const texts = new Map<string, string>();
    for (const { from, to, by } of planted) {
      texts.set(from, `${texts.get(from) ?? ''}${statement(by, JSON.stringify(specifier(from, to)))};\n`);
      if (!to.startsWith(PACKAGE)) texts.set(to, texts.get(to) ?? '');
    }
    for (const [file, text] of texts) {
      mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(root, file), file.endsWith('.json') ? '{}' : `${text}export const here = true;\n`);
    }
    return await violations(root, repository);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function statement(by: PlantedImport['by'], name: string): string {
  if (by === 'import()') return `await import(${name})`;
  return by === 'import' ? `import ${name}` : `import type { here as there } from ${name}`;
}

function specifier(from: string, to: string): string {
  if (to.startsWith(PACKAGE)) return to.slice(PACKAGE.length);
  const relative = path.posix.relative(path.posix.dirname(from), to);
  return relative.startsWith('.') ? relative : `./${relative}`;
}

/** Whether a violation is about this planted import. */
export function concerns({ from, to }: PlantedImport, violation: Violation): boolean {
  if (violation.from !== from) return false;
  return to.startsWith(PACKAGE) ? violation.to.includes(to.slice(PACKAGE.length)) : violation.to === to;
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { baselineOf, digestOf, readBaseline, writeBaseline } from './baseline.ts';
import { withEntry } from './changelog-entry.ts';
import type { Measurement } from './measurement.ts';
import { registeredSolvers } from './registered-solvers.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'inverse-claims-baseline-'));
afterAll(() => rmSync(folder, { recursive: true }));

const measurement: Measurement = {
  solver: 'bfgs',
  family: 'functions',
  toTarget: [3, null],
  evaluations: [4, 10],
  excess: [0.5, null],
  solved: [1, 0],
  violations: 0,
};
const baseline = baselineOf([measurement], 'a test', 'v20.0.0');
const file = (name: string, content: unknown): string => {
  const place = path.join(folder, name);
  writeFileSync(place, typeof content === 'string' ? content : JSON.stringify(content));
  return place;
};

describe('a baseline', () => {
  it('is read as it was written', async () => {
    const place = path.join(folder, 'deep', 'baseline.json');
    await writeBaseline(place, baseline);
    expect(await readBaseline(place)).toEqual(baseline);
    expect(baseline.digest).toBe(digestOf([measurement]));
  });

  it.each([
    ['cut off', '{"schemaVersion": "1", "mea', 'a baseline in JSON'],
    ['of another kind', {}, "must have required property 'schemaVersion'"],
    ['of a later schema', { ...baseline, schemaVersion: '2' }, '/schemaVersion'],
    ['of other problems', { ...baseline, problemSet: 99 }, '/problemSet is 99'],
    [
      'with a wrong entry',
      { ...baseline, measurements: [{ ...measurement, solved: ['yes'] }] },
      '/measurements/0/solved/0',
    ],
    ['with an entry of ours that it has not', { ...baseline, measurements: [{ ...measurement, more: 1 }] }, '"more"'],
    ['edited by hand', { ...baseline, measurements: [{ ...measurement, evaluations: [3, 10] }] }, 'edited by hand?'],
  ])('%s is refused with the place', async (name, content, message) => {
    await expect(readBaseline(file(`${name}.json`, content))).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-baseline', message: expect.stringContaining(message) }),
    );
  });

  it('that is not there is missed', async () => {
    await expect(readBaseline(path.join(folder, 'none.json'))).rejects.toThrow(
      expect.objectContaining({ code: 'missing-file', message: expect.stringContaining('--update') }),
    );
  });
});

describe('an entry in the changelog', () => {
  it('goes first under the first heading of verdicts, on one line', () => {
    const changelog = '# Log\n\n### Added\n- x\n\n### Verdicts\n- old\n\n## 0.1\n\n### Verdicts\n- older\n';
    expect(withEntry(changelog, 'abc', ' a reason\n  in two lines ')).toBe(
      changelog.replace('- old\n', '- Baseline abc of the gate: a reason in two lines\n- old\n'),
    );
  });

  it.each([
    ['### Verdicts\n', '  ', '--why'],
    ['# Log\n', 'because', '### Verdicts'],
  ])('of %j for %j is refused', (changelog, why, message) => {
    expect(() => withEntry(changelog, 'abc', why)).toThrow(message);
  });
});

describe('the baseline of this repository', () => {
  const root = new URL('../../', import.meta.url);

  it('is named in CHANGELOG.md under "Verdicts", with its reason', async () => {
    const kept = await readBaseline(new URL('reports/baseline.json', root).pathname);
    const changelog = readFileSync(new URL('CHANGELOG.md', root), 'utf8');
    const verdicts = changelog
      .split(/^### Verdicts\n/m)
      .slice(1)
      .join('\n');
    expect(verdicts).toContain(`- Baseline ${kept.digest} of the gate: ${kept.why}\n`);
  });

  it('has every registered solver on all its families, and no errors', async () => {
    const { measurements } = await readBaseline(new URL('reports/baseline.json', root).pathname);
    const measured = measurements.map(({ solver, family }) => `${solver} on ${family}`).toSorted();
    const registered = registeredSolvers.flatMap(({ name, on }) =>
      Object.keys(on).map((family) => `${name} on ${family}`),
    );
    expect(measured).toEqual(registered.toSorted());
    for (const { error, violations } of measurements) expect([error, violations]).toEqual([undefined, 0]);
  });

  it('is small', () => {
    expect(readFileSync(new URL('reports/baseline.json', root)).length).toBeLessThan(500_000);
  });
});

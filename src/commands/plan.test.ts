import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../claims/catalogue.ts';
import { pastCosts, plan } from './plan.ts';

function reportsWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'inverse-claims-plan-'));
  writeFileSync(join(folder, 'report.json'), text);
  return folder;
}

const CLAIM = 'wave-packet.jpo-reaches-global-minimum';
const sources = {
  'wave-packet.training-B': { jobs: 20, seconds: 60 },
  'wave-packet.training-B-random-input': { jobs: 10, seconds: 20 },
};

describe('plan', () => {
  it('covers every claim of the catalogue, in words without gaps', () => {
    const text = plan([], 'full', '/nowhere');
    for (const claim of catalogue.claims) expect(text).toContain(`${claim.id}  (`);
    expect(text).not.toMatch(/NaN|undefined|null|Infinity|n\/a/);
    expect(text).toContain('no past run');
  });

  it('estimates the CPU time from the costs of the last run: 45 trainings at 3 s, the control 6 at 2 s', () => {
    const folder = reportsWith(JSON.stringify({ timings: { sources } }));
    expect(plan([CLAIM], 'quick', folder)).toMatch(/CPU +about 147 s, from the last run\n/);
  });

  it('has no estimate from a run that lacks one of the sources, or from a damaged report', () => {
    const some = { 'wave-packet.training-B': sources['wave-packet.training-B'] };
    for (const text of [JSON.stringify({ timings: { sources: some } }), '{"timings":', '3', '{"timings": null}']) {
      expect(plan([CLAIM], 'quick', reportsWith(text))).toMatch(/CPU +no past run\n/);
    }
  });

  it('counts trials shared between claims once', () => {
    const folder = reportsWith(JSON.stringify({ timings: { sources } }));
    const both = plan([CLAIM, 'wave-packet.refined-jpo-beats-bfgs'], 'quick', folder);
    expect(both.match(/about 147 s/g)).toHaveLength(3);
  });

  it('leaves costs out that are no positive numbers', () => {
    const costs = { a: { jobs: 0, seconds: 1 }, b: { jobs: 1, seconds: 'x' }, c: { jobs: 2, seconds: 4 }, d: null };
    const folder = reportsWith(JSON.stringify({ timings: { sources: costs } }));
    expect(pastCosts(join(folder, 'report.json'))).toEqual({ c: { jobs: 2, seconds: 4 } });
  });
});

import { describe, expect, it } from 'vitest';
import { anchor, byGroup, groupOf, groupTitle } from './claim-groups.ts';
import { HOSTILE } from './testing/hostile.ts';

describe('groups', () => {
  it('are what stands before the first dot, in order of appearance', () => {
    const groups = byGroup(['b.x', 'a.y.z', 'b.w'].map((id) => ({ id })));
    expect([...groups].map(([group, members]) => [group, members.map(({ id }) => id)])).toEqual([
      ['b', ['b.x', 'b.w']],
      ['a', ['a.y.z']],
    ]);
    expect([groupOf('nodot'), groupOf('.dot')]).toEqual(['nodot', '.dot']);
  });

  it('have headings', () => {
    expect(['wave-packet', 'kuramoto-sivashinsky', 'constructor'].map(groupTitle)).toEqual([
      'Wave packet',
      'Kuramoto–Sivashinsky',
      'Constructor',
    ]);
  });
});

describe('anchor', () => {
  it('is safe in an address and in an attribute for any id', () => {
    for (const id of ['flow.joint-beats-bfgs', HOSTILE, '\uD800']) expect(anchor(id)).toMatch(/^claim-[\w.-]*$/);
  });

  it('differs where ids differ', () => {
    const ids = ['a.b', 'a_b', 'a b', 'a_20_b', 'A.b', 'a%b', '\uD800', '\uD801'];
    expect(new Set(ids.map(anchor)).size).toBe(ids.length);
  });
});

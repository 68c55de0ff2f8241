import { describe, expect, it } from 'vitest';
import { formatDocument, type SchemaNode } from './format-document.ts';
import { reportSchema } from './schema.ts';

/** Every property of the schema with its JSON path, conditions (`if`, `then`, `else`) apart. */
function propertiesOf(node: SchemaNode, path = ''): readonly (readonly [string, SchemaNode])[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([name, field]) => [
    [`${path}/${name}`, field] as const,
    ...propertiesOf(field, `${path}/${name}`),
  ]);
  const values = typeof node.additionalProperties === 'object' ? [node.additionalProperties] : [];
  const inner = [...(node.items === undefined ? [] : [node.items]), ...values, ...(node.oneOf ?? [])];
  return [...own, ...inner.flatMap((child) => propertiesOf(child, `${path}/*`))];
}

const properties = propertiesOf(reportSchema);

describe('the schema of a report', () => {
  it('says of every property what it means, in a sentence', () => {
    expect(properties.length).toBeGreaterThan(120);
    const silent = properties.filter(([, { description = '' }]) => !/^\S.*\.$/.test(description));
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  it('says what null stands for wherever it is allowed', () => {
    const nullable = properties.filter(([, node]) => {
      const inner = node.items?.items ?? node.items ?? node;
      return [inner.type ?? []].flat().includes('null');
    });
    expect(nullable.length).toBeGreaterThan(15);
    expect(nullable.filter(([, { description }]) => !description?.includes('null')).map(([path]) => path)).toEqual([]);
  });
});

describe('formatDocument', () => {
  it('is what reports/FORMAT.md holds', async () => {
    const remedy =
      'reports/FORMAT.md is out of date: npx vitest run --project unit src/report/format-document.test.ts -u';
    await expect(formatDocument(), remedy).toMatchFileSnapshot('../../reports/FORMAT.md');
  });

  it('has a row for every property, or refers to where it is described', () => {
    const text = formatDocument();
    const names = new Set(properties.map(([path]) => path.split('/').at(-1)));
    expect([...names].filter((name) => !new RegExp(`^\\| \`[^\`]*\\b${name}\``, 'm').test(text))).toEqual([]);
    expect(text).toContain('| `claims[].control.evidence` | object | optional | Like `claims[].evidence`. |');
    expect(text).toContain('## `claims[].evidence` of kind "counterexample"');
    expect(text).toContain('| `timings.sources{}.jobs` | integer, >= 0 | always | Jobs done. |');
    expect(text).toContain('| `seed` | integer, >= 0, < 281474976710656 | always | Seed of all randomness. |');
  });
});

import { reportSchema } from './schema.ts';

/** What is read of a node of a JSON Schema. */
export interface SchemaNode {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
}

interface Table {
  readonly heading: string;
  readonly rows: readonly string[];
}

/** Nodes described so far, with the place of their description: what comes again is referred to. */
type Described = Map<SchemaNode, string>;

const INTRODUCTION = `# report.json, field by field

Made from the JSON Schema \`reportSchema\`, which \`inverse-claims\` exports and every report is checked against when it is
written and when it is read. The text is UTF-8 JSON. Fields that are not listed are refused; "optional" fields are left out
rather than null. Lists are written \`name[]\`, objects with one field per name \`name{}\`.

JSON has no infinities and no NaN: where a number may be one, the field allows null and says what null stands for. Only
\`timings\` depends on the clock; all else is the same for the same code, seed, backend, kind of machine and Node version,
byte for byte.

Beyond the schema: \`counts\` are those of \`claims\`, no two claims share an id, \`alpha\` is null for laws and only for them, and
\`ledger\` is the sum over \`claims\`.
`;

/** The format of report.json as Markdown, one table per part, made from its schema. */
export function formatDocument(): string {
  const root: SchemaNode = reportSchema;
  const described: Described = new Map();
  const parts = Object.entries(root.properties ?? {});
  const top = { heading: 'Top level', rows: parts.map(([name, node]) => row(name, node, isRequired(root, name))) };
  const tables = [top, ...parts.flatMap(([name, node]) => tablesOf(name, node, described))];
  const texts = tables
    .filter(({ rows }) => rows.length > 0)
    .map(
      ({ heading, rows }) =>
        `## ${heading}\n\n| field | type | present | meaning |\n|---|---|---|---|\n${rows.join('')}`,
    );
  return [INTRODUCTION, ...texts].join('\n');
}

/** A table of all fields below a node; one more for each kind of a node that has kinds. */
function tablesOf(name: string, node: SchemaNode, described: Described): readonly Table[] {
  const { path, inner } = opened(name, node);
  const more: Table[] = [];
  const rows = rowsBelow(path, inner, described, more);
  return [{ heading: `\`${path}\``, rows }, ...more];
}

function rowsBelow(path: string, node: SchemaNode, described: Described, more: Table[]): readonly string[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, field]) => {
    const full = `${path}.${name}`;
    const { path: below, inner } = opened(full, field);
    const before = described.get(inner);
    if (before !== undefined) return [row(full, field, isRequired(node, name), `Like \`${before}\`.`)];
    if (inner.properties !== undefined || inner.oneOf !== undefined) described.set(inner, below);
    for (const kind of inner.oneOf ?? []) more.push(...kindTables(below, kind, described));
    return [row(full, field, isRequired(node, name)), ...rowsBelow(below, inner, described, more)];
  });
}

function kindTables(path: string, node: SchemaNode, described: Described): readonly Table[] {
  const more: Table[] = [];
  const rows = rowsBelow(path, node, described, more);
  return [{ heading: `\`${path}\` of kind ${JSON.stringify(node.properties?.kind?.const)}`, rows }, ...more];
}

/** A list or map as what it holds, with the path to there. */
function opened(path: string, node: SchemaNode): { readonly path: string; readonly inner: SchemaNode } {
  if (node.items !== undefined) return opened(`${path}[]`, node.items);
  const values = node.additionalProperties;
  return typeof values === 'object' ? opened(`${path}{}`, values) : { path, inner: node };
}

const isRequired = (node: SchemaNode, name: string) => node.required?.includes(name) ?? false;

function row(path: string, node: SchemaNode, required: boolean, meaning = node.description ?? ''): string {
  const cells = [`\`${path}\``, typeText(node), required ? 'always' : 'optional', meaning];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
}

/** The type of a field in words: `list of number or null`, `integer >= 0`, `"quick" or "full"`. */
function typeText(node: SchemaNode): string {
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum !== undefined) return node.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (node.items !== undefined) return `list of ${typeText(node.items)}`;
  if (typeof node.additionalProperties === 'object') return `object of ${typeText(node.additionalProperties)}`;
  const [type = 'object', ...others] = [node.type ?? []].flat();
  const filled = node.minLength === undefined ? [] : ['not empty'];
  return [[type, ...rangeText(node), ...filled].join(', '), ...others].join(' or ');
}

function rangeText({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: SchemaNode): readonly string[] {
  const bounds = { '>=': minimum, '>': exclusiveMinimum, '<=': maximum, '<': exclusiveMaximum };
  return Object.entries(bounds).flatMap(([sign, bound]) => (bound === undefined ? [] : [`${sign} ${bound}`]));
}

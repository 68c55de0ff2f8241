import { inspect, isDeepStrictEqual } from 'node:util';
import ts from 'typescript';

/** Names and their values: what a module exports, or what an example may use without importing it. */
export type Scope = Readonly<Record<string, unknown>>;

/** What a module exports. */
export type LoadModule = (name: string) => Promise<Scope | undefined>;

const RESULT = /\/\/ =>(.*)$/gm;
const CHECK = '__check';
const MODULES = '__modules';

/** How many results are written behind the statements. */
export function resultCount(source: string): number {
  return [...source.matchAll(RESULT)].length;
}

/**
 * Runs TypeScript statements and compares their values with what is written behind them, `expression; // => result`,
 * on the same line or the next. `console.log(x); // => 5` compares x. Statements that cannot run throw.
 *
 * A result is a literal. `Float64Array [1, 2]` is a typed array; `0.46…` is any number whose digits begin like that;
 * all else must be deeply equal, numbers to the last bit.
 *
 * @param scope  names in sight; the statements may declare the same ones
 * @param load   what `import … from 'name'` gives, undefined where a reader could not write it
 * @returns one sentence for each false result; none if all are true
 */
export async function falseResults(source: string, scope: Scope, load: LoadModule): Promise<readonly string[]> {
  const file = parse(source);
  const imports = file.statements.filter(ts.isImportDeclaration).map(moduleName);
  const modules = await loadAll(imports, load);
  const results = resultsOf(file);
  if (results.size !== resultCount(source)) throw new SyntaxError('a "// =>" stands before or inside a statement');
  const body = file.statements.map((statement) => {
    if (ts.isImportDeclaration(statement)) return bindings(statement, modules);
    const result = results.get(statement);
    if (result === undefined) return statement.getText(file);
    const check = `${CHECK}(${result.expression}, ${JSON.stringify(result)});`;
    return ts.isExpressionStatement(statement) ? check : `${statement.getText(file)}\n${check}`;
  });
  const falsehoods: string[] = [];
  const check = (value: unknown, { expression, literal }: Result): void => {
    if (!isWritten(value, literal)) falsehoods.push(`${expression} is ${shown(value)}, not ${literal}`);
  };
  const console = { log: (value: unknown) => value };
  await evaluate(body.join('\n'), { ...scope, console, [CHECK]: check, [MODULES]: modules });
  return falsehoods;
}

interface Result {
  readonly expression: string;
  readonly literal: string;
}

/** Results by the statement they stand behind. */
function resultsOf(file: ts.SourceFile): ReadonlyMap<ts.Statement, Result> {
  const results = new Map<ts.Statement, Result>();
  file.statements.forEach((statement, k) => {
    const gap = file.text.slice(statement.end, file.statements[k + 1]?.getStart(file) ?? file.text.length);
    const literal = [...gap.matchAll(RESULT)][0]?.[1]?.trim();
    if (literal === undefined) return;
    const value = valueBehind(statement);
    if (value === undefined) throw new SyntaxError(`no value stands before "// => ${literal}"`);
    results.set(statement, { expression: value.getText(file), literal });
  });
  return results;
}

/** The expression, or the constant, whose value is written behind the statement. */
function valueBehind(statement: ts.Statement): ts.Node | undefined {
  if (ts.isExpressionStatement(statement)) return statement.expression;
  if (!ts.isVariableStatement(statement)) return undefined;
  const [first, ...others] = statement.declarationList.declarations;
  return others.length === 0 && first !== undefined && ts.isIdentifier(first.name) ? first.name : undefined;
}

function parse(source: string): ts.SourceFile {
  const [error] = ts.transpileModule(source, { reportDiagnostics: true }).diagnostics ?? [];
  if (error !== undefined) throw new SyntaxError(ts.flattenDiagnosticMessageText(error.messageText, ' '));
  return ts.createSourceFile('example.ts', source, ts.ScriptTarget.ES2023, true);
}

const moduleName = (statement: ts.ImportDeclaration): string => (statement.moduleSpecifier as ts.StringLiteral).text;

async function loadAll(names: readonly string[], load: LoadModule): Promise<Readonly<Record<string, Scope>>> {
  const loaded = names.map(async (name) => {
    const module = await load(name);
    if (module === undefined) throw new Error(`${JSON.stringify(name)} cannot be imported`);
    return [name, module] as const;
  });
  return Object.fromEntries(await Promise.all(loaded));
}

/** An import as a declaration of constants; throws for a name that the module does not export. */
function bindings(statement: ts.ImportDeclaration, modules: Readonly<Record<string, Scope>>): string {
  const name = moduleName(statement);
  const clause = statement.importClause;
  if (clause === undefined || clause.isTypeOnly) return '';
  const given = `${MODULES}[${JSON.stringify(name)}]`;
  const named = clause.namedBindings;
  if (named !== undefined && ts.isNamespaceImport(named)) return `const ${named.name.text} = ${given};`;
  const pairs = (named?.elements ?? [])
    .filter((element) => !element.isTypeOnly)
    .map((element) => ({ exported: element.propertyName?.text ?? element.name.text, local: element.name.text }));
  if (clause.name !== undefined) pairs.push({ exported: 'default', local: clause.name.text });
  const missing = pairs.find(({ exported }) => modules[name]?.[exported] === undefined);
  if (missing !== undefined) throw new Error(`${JSON.stringify(name)} does not export ${missing.exported}`);
  return `const { ${pairs.map(({ exported, local }) => `${exported}: ${local}`).join(', ')} } = ${given};`;
}

/** Runs TypeScript in a function of its own, so that it may declare names that are also in the scope. */
async function evaluate(body: string, scope: Scope): Promise<void> {
  const names = Object.keys(scope);
  const { outputText } = ts.transpileModule(`async function example() {\n${body}\n}`, {
    compilerOptions: { target: ts.ScriptTarget.ES2023 },
  });
  await new Function(...names, `${outputText}\nreturn example();`)(...names.map((name) => scope[name]));
}

function isWritten(value: unknown, literal: string): boolean {
  if (literal.endsWith('…')) return typeof value === 'number' && String(value).startsWith(literal.slice(0, -1));
  const expression = literal.replace(/\b(\w+Array)(?:\(\d+\))? (\[[^\]]*\])/g, '$1.from($2)');
  return isDeepStrictEqual(value, new Function(`'use strict'; return (${expression});`)());
}

function shown(value: unknown): string {
  return inspect(value, { depth: 6, breakLength: Number.POSITIVE_INFINITY });
}

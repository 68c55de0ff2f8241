import { falseResults, type LoadModule } from './examples.ts';
import { type Help, shellCommands, usageFaults } from './shell.ts';

/** Text between fences of a Markdown file, with the line of the opening fence. */
interface CodeBlock {
  readonly language: string;
  readonly line: number;
  readonly text: string;
}

/** Fenced code blocks, in order. */
function codeBlocks(markdown: string): readonly CodeBlock[] {
  return [...markdown.matchAll(/^```([\w-]*)[^\n]*\n([\s\S]*?)^```[ \t]*$/gm)].map((match) => ({
    language: match[1] as string,
    line: markdown.slice(0, match.index).split('\n').length,
    text: match[2] as string,
  }));
}

/** What the blocks of a README are held against. */
export interface Surroundings {
  readonly load: LoadModule;
  /** Of the named command of `npx inverse-claims`, or of all of it. */
  help(command?: string): Promise<Help>;
  /** Throws for a claim, or for a prefix where prefixes are accepted, that does not exist. */
  requireClaim(name: string, prefixes: boolean): void;
  /** Names of the scripts in package.json. */
  readonly scripts: readonly string[];
}

/**
 * Everything in the code blocks of a README that is not so: `ts` blocks run, each on its own, and give the results
 * written in them; `sh` blocks name existing commands, flags, choices, claims and npm scripts.
 */
export async function readmeFaults(markdown: string, surroundings: Surroundings): Promise<readonly string[]> {
  const blocks = codeBlocks(markdown);
  const faults: string[] = [];
  if (!blocks.some(({ language }) => language === 'ts')) faults.push('no block of TypeScript');
  for (const { language, line, text } of blocks) {
    const found =
      language === 'ts'
        ? await falseResults(text, {}, surroundings.load).catch((error: unknown) => [String(error)])
        : ['sh', 'bash', 'shell', 'console'].includes(language)
          ? await Promise.all(shellCommands(text).map((words) => commandFaults(words, surroundings)))
          : [];
    faults.push(...found.flat().map((fault) => `line ${line}: ${fault}`));
  }
  return faults;
}

async function commandFaults(words: readonly string[], surroundings: Surroundings): Promise<readonly string[]> {
  const [first, second, third] = words;
  const command = words.join(' ');
  if (first === 'npm' && (second === 'run' || second === 'test')) {
    const script = second === 'run' ? third : second;
    return script !== undefined && surroundings.scripts.includes(script) ? [] : [`no script for: ${command}`];
  }
  if (first !== 'npx' || second !== 'inverse-claims') return [];
  return (await programFaults(words.slice(2), surroundings)).map((fault) => `${command}: ${fault}`);
}

async function programFaults(words: readonly string[], surroundings: Surroundings): Promise<readonly string[]> {
  const root = await surroundings.help();
  const [name, ...rest] = words;
  if (name === undefined || name.startsWith('-')) return usageFaults(words, root).faults;
  if (!root.commands.includes(name)) return [`there is no command ${name}`];
  const help = await surroundings.help(name);
  const { faults, operands } = usageFaults(rest, help);
  if (help.operands.some((operand) => /claim/.test(operand))) {
    const prefixes = help.operands.some((operand) => operand.includes('...'));
    for (const operand of operands.filter((word) => !/^<.*>$/.test(word))) {
      try {
        surroundings.requireClaim(operand, prefixes);
      } catch (error) {
        faults.push(String(error));
      }
    }
  }
  return faults;
}

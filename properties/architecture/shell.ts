/** The words of every command in shell text: comments, prompts, redirections and settings of variables left out. */
export function shellCommands(text: string): readonly (readonly string[])[] {
  return text
    .replace(/\\\n/g, ' ')
    .split('\n')
    .flatMap((line) =>
      line
        .replace(/^\s*\$ /, '')
        .replace(/(^|\s)#.*$/, '')
        .replace(/\s\d?>>?\s*\S+/g, '')
        .split(/&&|\|\|?|;/),
    )
    .map((command) => [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? ''))
    .map((words) => words.slice(words.findIndex((word) => !/^\w+=/.test(word))))
    .filter((words) => words.length > 0);
}

/** What the `--help` of a command offers. */
export interface Help {
  readonly commands: readonly string[];
  /** By every spelling: whether a value follows, and which ones where they are listed. */
  readonly flags: ReadonlyMap<string, { readonly takesValue: boolean; readonly choices: readonly string[] }>;
  /** As in the usage line: `<claim>`, `[claims...]`. */
  readonly operands: readonly string[];
}

/** Reads the text that commander prints for `--help`. */
export function parseHelp(text: string): Help {
  const section = (title: string): readonly string[] => {
    const body = text.match(new RegExp(`^${title}:\\n((?: .*\\n|\\n(?= ))*)`, 'm'))?.[1] ?? '';
    // An entry is indented by two; what is indented more continues it.
    return body
      .split(/^ {2}(?=\S)/m)
      .map((entry) => entry.replace(/\s+/g, ' ').trim())
      .filter((entry) => entry !== '');
  };
  const flags = section('Options').flatMap((entry) => {
    const spellings = entry.match(/^-[^\s,]+(, --\S+)?/)?.[0].split(', ') ?? [];
    const choices = [...(entry.match(/\(choices: ([^)]*)/)?.[1] ?? '').split('default:')[0]!.matchAll(/"([^"]*)"/g)];
    const what = {
      takesValue: /^[^\s,]+(, --\S+)? [<[]/.test(entry),
      choices: choices.map((choice) => choice[1] as string),
    };
    return spellings.map((spelling) => [spelling, what] as const);
  });
  const usage = text.match(/^Usage: (.*)$/m)?.[1] ?? '';
  return {
    commands: section('Commands').map((entry) => entry.split(/[ |]/)[0] as string),
    flags: new Map(flags),
    operands: usage.match(/<[^>]*>|\[(?!options\]|command\])[^\]]*\]/g) ?? [],
  };
}

/** What is wrong with the words after a command's name, by its help; and the words that are operands. */
export function usageFaults(words: readonly string[], help: Help): { faults: string[]; operands: string[] } {
  const faults: string[] = [];
  const operands: string[] = [];
  for (let k = 0; k < words.length; k++) {
    const [word, attached] = splitFlag(words[k] as string);
    if (!word.startsWith('-')) {
      operands.push(word);
      continue;
    }
    const flag = help.flags.get(word);
    if (flag === undefined) faults.push(`there is no ${word}`);
    if (flag?.takesValue !== true) continue;
    const value = attached ?? words[++k];
    if (value === undefined) faults.push(`${word} needs a value`);
    else if (flag.choices.length > 0 && !flag.choices.includes(value)) faults.push(`${word} cannot be ${value}`);
  }
  const fewest = help.operands.filter((operand) => operand.startsWith('<')).length;
  const endless = help.operands.some((operand) => operand.includes('...'));
  if (!words.includes('--help') && operands.length < fewest)
    faults.push(`${help.operands[operands.length]} is missing`);
  if (!endless && operands.length > help.operands.length) {
    faults.push(`${operands[help.operands.length]} is one argument too many`);
  }
  return { faults, operands };
}

function splitFlag(word: string): readonly [string, string | undefined] {
  const equals = word.startsWith('--') ? word.indexOf('=') : -1;
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}

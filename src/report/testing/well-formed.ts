const NAME = '[A-Za-z_][\\w.:-]*';
const ATTRIBUTES = new RegExp(`^(?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*\\s*$`);
const REFERENCES = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\dA-Fa-f]+);)/;
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/**
 * Why a text is not well-formed XML, or undefined where it is: one root, matching tags, quoted attributes without
 * repetition, no bare `&`, `<` or `]]>`, no forbidden character. Comments, sections and doctypes are refused: reports
 * have none. Strict where the usual HTML parsers repair silently.
 */
export function xmlDefect(xml: string): string | undefined {
  const text = xml.replace(/^<\?xml [^?]*\?>\s*/, '');
  if (FORBIDDEN.test(text)) return 'forbidden character';
  const open: string[] = [];
  let roots = 0;
  let from = 0;
  for (const match of text.matchAll(/<(\/?)([^\s/>]*)([^>]*?)(\/?)>/g)) {
    const between = text.slice(from, match.index);
    from = match.index + match[0].length;
    const defect = textDefect(between, open.length) ?? tagDefect(match[2] ?? '', match[3] ?? '');
    if (defect !== undefined) return defect;
    const [, closing, name = '', , empty] = match;
    if (closing === '/') {
      if (open.pop() !== name) return `</${name}> closes nothing`;
      continue;
    }
    if (open.length === 0) roots += 1;
    if (empty !== '/') open.push(name);
  }
  if (open.length > 0) return `<${open.at(-1)}> is not closed`;
  return roots === 1 ? textDefect(text.slice(from), 0) : `${roots} roots`;
}

function textDefect(text: string, depth: number): string | undefined {
  if (depth === 0 && text.trim() !== '') return 'text outside the root';
  if (text.includes('<') || text.includes(']]>') || REFERENCES.test(text))
    return `bare markup in ${JSON.stringify(text)}`;
  return undefined;
}

function tagDefect(name: string, attributes: string): string | undefined {
  if (!new RegExp(`^${NAME}$`).test(name)) return `bad tag name ${JSON.stringify(name)}`;
  if (!ATTRIBUTES.test(attributes) || REFERENCES.test(attributes))
    return `bad attributes ${JSON.stringify(attributes)}`;
  const names = [...attributes.matchAll(new RegExp(`(${NAME})\\s*=\\s*(?:"[^"]*"|'[^']*')`, 'g'))].map(
    (match) => match[1],
  );
  return new Set(names).size === names.length ? undefined : `repeated attribute in <${name}>`;
}

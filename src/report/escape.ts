/**
 * Characters no report may carry: what XML 1.0 forbids (control characters, lone surrogates, U+FFFE, U+FFFF)
 * and the bidirectional overrides, which would let a text reorder what is printed around it.
 */
const UNPRINTABLE = /[^\t\n\r\u0020-\u202A\u202F-\u2065\u206A-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]|\u202A/gu;

/**
 * Replaces every character that is forbidden in XML, or that reorders text, by U+FFFD.
 *
 * @example
 * printable('a\u0000b'); // => 'a\uFFFDb'
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '\uFFFD');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/**
 * Text for HTML content and quoted attribute values.
 *
 * @example
 * escapeHtml('<b title="x">'); // => '&lt;b title=&quot;x&quot;&gt;'
 */
export function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/**
 * Text for XML content and quoted attribute values; line breaks and tabs survive attribute normalization.
 *
 * @example
 * escapeXml('a ]]> b\n'); // => 'a ]]&gt; b&#10;'
 */
export function escapeXml(text: string): string {
  return printable(text).replace(/[&<>"'\t\n\r]/g, (character) => ENTITIES[character] ?? '');
}

/**
 * One line of text for a Markdown paragraph or table cell: nothing in it is markup, a link, a formula or HTML.
 *
 * @example
 * escapeMarkdown('a|b\n<i>*c*'); // => 'a\\|b &lt;i&gt;\\*c\\*'
 */
export function escapeMarkdown(text: string): string {
  return printable(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]~|]/g, (character) => `\\${character}`)
    .replace(/[&<>]/g, (character) => ENTITIES[character] ?? '')
    .replace(/\$/g, '&#36;')
    .replace(/^(?=(?:#{1,6}|[+-]|\d{1,9}[.)])(?: |$)|[-=]{2})/, '\u200B');
}

/**
 * A Markdown code span of one line, fenced by more backticks than the text has in a row.
 *
 * @example
 * codeSpan('a`b'); // => '`` a`b ``'
 */
export function codeSpan(text: string): string {
  const line = printable(text).replace(/\s+/g, ' ').trim();
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  if (longest === 0) return `\`${line}\``;
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${line} ${fence}`;
}

/**
 * A name that is safe as a file name and as part of an address: letters, digits, `.`, `_` and `-`, no leading dot, at most 80.
 *
 * @example
 * fileName('../3b λ'); // => '3b-'
 */
export function fileName(id: string): string {
  const name = id.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '');
  return name === '' ? 'unnamed' : name.slice(0, 80);
}

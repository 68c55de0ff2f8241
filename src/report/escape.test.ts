import { describe, expect, it } from 'vitest';
import { codeSpan, escapeHtml, escapeMarkdown, escapeXml, fileName, printable } from './escape.ts';

describe('printable', () => {
  it('keeps text of every script, line breaks and tabs', () => {
    expect(printable('aß∂ 𝒳 日本\n\t\r')).toBe('aß∂ 𝒳 日本\n\t\r');
  });

  it('replaces what XML forbids and what reorders text', () => {
    for (const character of [
      '\u0000',
      '\u0008',
      '\u000B',
      '\u001F',
      '\uD800',
      '\uDC00',
      '\uFFFE',
      '\uFFFF',
      '\u202A',
      '\u202E',
      '\u2066',
      '\u2069',
    ]) {
      expect(printable(`a${character}b`)).toBe('a\uFFFDb');
    }
  });

  it('keeps the neighbors of the reordering characters', () => {
    expect(printable('\u2029\u202F\u2065\u206A\uD7FF\uE000')).toBe('\u2029\u202F\u2065\u206A\uD7FF\uE000');
  });
});

describe('escaping', () => {
  it('leaves no markup in HTML and XML', () => {
    expect(escapeHtml(`<a href="x" title='y'>&`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;');
    expect(escapeXml(']]>\n"')).toBe(']]&gt;&#10;&quot;');
  });

  it('makes one line of Markdown without markup', () => {
    expect(escapeMarkdown('a | b\n\nc')).toBe('a \\| b c');
    expect(escapeMarkdown('<b>*x*</b> $y$ [l](u) `c`')).toBe(
      '&lt;b&gt;\\*x\\*&lt;/b&gt; &#36;y&#36; \\[l\\](u) \\`c\\`',
    );
    expect(escapeMarkdown('\\|')).toBe('\\\\\\|');
  });

  it('starts no heading, list or quote', () => {
    for (const start of ['# a', '- a', '+ a', '1. a', '> a', '---']) {
      expect(escapeMarkdown(start)).not.toMatch(/^([#+>-]|\d)/);
    }
    expect(escapeMarkdown('1.5 [0.2, 3]')).toMatch(/^1\.5/);
  });

  it('fences code by more backticks than it has', () => {
    expect(codeSpan('plain')).toBe('`plain`');
    expect(codeSpan('a``b')).toBe('``` a``b ```');
  });
});

describe('fileName', () => {
  it('never leaves its folder and is never empty', () => {
    expect(fileName('../../etc/passwd')).toBe('etc-passwd');
    expect(fileName('..')).toBe('unnamed');
    expect(fileName('3b')).toBe('3b');
    expect(fileName('x'.repeat(500))).toHaveLength(80);
  });
});

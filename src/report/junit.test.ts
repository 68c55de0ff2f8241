import { describe, expect, it } from 'vitest';
import { buildReport } from './build.ts';
import { renderJunit } from './junit.ts';
import { hostileInput } from './testing/hostile.ts';
import { sampleInput, sampleResult } from './testing/sample-report.ts';
import { xmlDefect } from './testing/well-formed.ts';

describe('xmlDefect', () => {
  it('accepts XML and finds what parsers of HTML repair', () => {
    expect(xmlDefect('<a x="1&amp;2"><b/>t &lt; </a>')).toBe(undefined);
    for (const bad of [
      '<a>',
      '<a></b>',
      '<a/><b/>',
      '<a x=1/>',
      '<a x="1" x="2"/>',
      '<a>&</a>',
      '<a>]]></a>',
      '<a>\u0001</a>',
      '<a b="<"/>',
      'x<a/>',
    ]) {
      expect(xmlDefect(bad), bad).not.toBe(undefined);
    }
  });
});

describe('renderJunit', () => {
  const xml = renderJunit(buildReport(sampleInput()));

  it('gives every outcome its element, and undecided is a failure', () => {
    expect(xmlDefect(xml)).toBe(undefined);
    expect(xml).toContain('<testsuite name="sample" tests="5" failures="2" errors="1" skipped="1" time="12.500">');
    expect(xml).toMatch(/<failure type="refuted" message="a counterexample was found">/);
    expect(xml).toMatch(/<failure type="undecided" message="about 40 more trials">/);
    expect(xml).toMatch(/<error type="errored" message="the simulator returned NaN">/);
    expect(xml).toMatch(/<skipped message="belongs to the full tier"\/>/);
    expect(xml.match(/<testcase /g)).toHaveLength(5);
    expect(xml).toContain('<testcase name="sample.supported" classname="sample" time="2.500">');
  });

  it('makes one suite per group', () => {
    const results = ['a.x', 'b.y', 'a.z'].map((id) => sampleResult('supported', { id }));
    const suites = renderJunit(buildReport(sampleInput({ results }))).match(/<testsuite name="\w+" tests="\d+"/g);
    expect(suites).toEqual(['<testsuite name="a" tests="2"', '<testsuite name="b" tests="1"']);
  });

  it('stays well-formed whatever a claim says', () => {
    const hostile = renderJunit(buildReport(hostileInput()));
    expect(xmlDefect(hostile)).toBe(undefined);
    expect(hostile).toContain('&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt;');
  });
});

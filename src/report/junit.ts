import { byGroup } from './claim-groups.ts';
import { claimSeconds } from './claim-seconds.ts';
import { escapeXml } from './escape.ts';
import type { Report, ReportClaim } from './schema.ts';
import { evidenceText } from './verdict-table.ts';

/**
 * A report as JUnit XML: one suite per group, one case per claim. JUnit has no undecided: it becomes a failure of that
 * type, because a claim without evidence must not read as passed.
 */
export function renderJunit(report: Report): string {
  const suites = [...byGroup(report.claims)].map(([group, claims]) => suite(report, group, claims));
  const all = totals(report.claims);
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="inverse-claims" ${all} time="${report.timings.totalSeconds.toFixed(3)}">
${suites.join('\n')}
</testsuites>
`;
}

function suite(report: Report, group: string, claims: readonly ReportClaim[]): string {
  const seconds = claims.reduce((sum, claim) => sum + claimSeconds(report, claim), 0);
  return `  <testsuite name="${escapeXml(group)}" ${totals(claims)} time="${seconds.toFixed(3)}">
    <properties>
      <property name="seed" value="${report.seed}"/>
      <property name="backend" value="${escapeXml(report.backend.name)}"/>
    </properties>
${claims.map((claim) => testcase(report, group, claim)).join('\n')}
  </testsuite>`;
}

function totals(claims: readonly ReportClaim[]): string {
  const count = (...outcomes: readonly string[]) => claims.filter((claim) => outcomes.includes(claim.outcome)).length;
  const failures = count('refuted', 'undecided');
  return `tests="${claims.length}" failures="${failures}" errors="${count('errored')}" skipped="${count('skipped')}"`;
}

function testcase(report: Report, group: string, claim: ReportClaim): string {
  const name = `name="${escapeXml(claim.id)}" classname="${escapeXml(group)}"`;
  return `    <testcase ${name} time="${claimSeconds(report, claim).toFixed(3)}">
${result(claim)}
    </testcase>`;
}

function result(claim: ReportClaim): string {
  const text = escapeXml(
    [claim.statement, claim.words, `evidence: ${evidenceText(claim)}`, `replay: ${claim.replay}`].join('\n'),
  );
  const element = (tag: string, type: string, message: string | undefined) =>
    `      <${tag} type="${type}" message="${escapeXml(message ?? claim.outcome)}">${text}</${tag}>`;
  switch (claim.outcome) {
    case 'supported':
      return `      <system-out>${text}</system-out>`;
    case 'refuted':
      return element('failure', 'refuted', claim.reason);
    case 'undecided':
      return element('failure', 'undecided', claim.needs);
    case 'errored':
      return element('error', 'errored', claim.message);
    case 'skipped':
      return `      <skipped message="${escapeXml(claim.reason ?? '')}"/>`;
  }
}

import type { ClaimResult } from '../../core/claim.ts';
import { sampleField, sampleFigure, sampleInput, sampleResult } from './sample-report.ts';

/** A text that breaks every format that forgets to escape: HTML, XML, Markdown tables, CSV, addresses. */
export const HOSTILE =
  '<script>alert(1)</script> ]]> --> "double" \'single\' & &amp; | pipe \\| `tick` *star* $x$\n# line\r\n\u0000\u0007\u001b[31m\uFFFE\uD800 \u202Eltr ünïcode 𝒳 </style> javascript:alert(1) =1+1';

/** A report whose every free text is hostile. */
export function hostileInput() {
  const changes = (id: string): Partial<ClaimResult> => ({
    id: `${id}.${HOSTILE}`,
    statement: HOSTILE,
    regime: HOSTILE,
    source: { where: 'literature', quote: HOSTILE, reference: HOSTILE },
    plan: { [HOSTILE]: HOSTILE, theta0: 0.5 },
    words: HOSTILE,
    numbers: HOSTILE,
    facts: [
      {
        name: HOSTILE,
        label: HOSTILE,
        unit: HOSTILE,
        trials: 2,
        mean: 1,
        median: 1,
        minimum: Number.NEGATIVE_INFINITY,
        maximum: 2,
      },
    ],
    replay: HOSTILE,
    control: { what: HOSTILE, verdict: { outcome: 'errored', message: HOSTILE } },
  });
  const counterexample = { kind: 'counterexample', seed: 1, path: HOSTILE, shrunk: HOSTILE, message: HOSTILE } as const;
  const results = [
    sampleResult('supported', {
      ...changes('a'),
      kind: 'law',
      verdict: { outcome: 'refuted', reason: HOSTILE, evidence: counterexample },
    }),
    sampleResult('supported', { ...changes('b'), verdict: { outcome: 'errored', message: HOSTILE } }),
    sampleResult('supported', { ...changes('c'), verdict: { outcome: 'skipped', reason: HOSTILE } }),
    sampleResult('undecided', {
      ...changes(HOSTILE),
      curves: [{ label: HOSTILE, points: sampleResult('undecided').curves[0]?.points ?? [] }],
    }),
  ];
  const panel = sampleFigure().panels[0];
  const axis = { label: HOSTILE, scale: 'linear' } as const;
  const figure = sampleFigure({
    id: `../${HOSTILE}`,
    title: HOSTILE,
    caption: HOSTILE,
    panels: [
      {
        title: HOSTILE,
        x: axis,
        y: axis,
        series: (panel?.series ?? []).map((series) => ({ ...series, name: HOSTILE })),
        references: [
          { axis: 'x', value: 1, label: HOSTILE },
          { axis: 'y', value: 1, label: HOSTILE },
        ],
      },
      {
        title: HOSTILE,
        x: axis,
        y: axis,
        image: { ...sampleField(), color: { label: HOSTILE, limit: 2 } },
        series: [],
      },
    ],
  });
  return sampleInput({
    results,
    figures: [figure, figure],
    backend: HOSTILE,
    tried: [{ name: HOSTILE, ok: false, reason: HOSTILE }],
    environment: { version: HOSTILE, node: HOSTILE, platform: HOSTILE, arch: HOSTILE, codeHash: HOSTILE },
    selection: { command: HOSTILE, claims: [HOSTILE] },
  });
}

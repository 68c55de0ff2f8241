import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { OUTCOMES } from '../report/outcomes.ts';
import type { ClaimMeta } from './claim-meta.ts';
import { claimsTable } from './claims-table.ts';

export type { ClaimMeta } from './claim-meta.ts';
export { expectClaim } from './expect-claim.ts';

/** A reporter of vitest that ends a run with a table of its claims, and prints nothing where there were none. */
export default class ClaimsReporter implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const claims = modules.flatMap(claimsOf);
    if (claims.length > 0) this.#vitest?.logger.log(`${claimsTable(claims)}\n`);
  }
}

function claimsOf(module: TestModule): readonly ClaimMeta[] {
  const found = Array.from(module.children.allTests(), (test) => test.meta().claim);
  return found.filter(isClaim);
}

/** Other libraries may use the same name for something else. */
function isClaim(claim: ClaimMeta | undefined): claim is ClaimMeta {
  return typeof claim?.id === 'string' && OUTCOMES.includes(claim.outcome) && claim.control !== undefined;
}

import type { Claim } from '../../core/claim.ts';
import { boundedSamplesErrorWithinAlpha } from './bounded-samples.ts';
import { exactErrorWithinAlpha } from './exact-error.ts';

/** Claims about what decides all others. */
export const engineClaims: readonly Claim[] = [exactErrorWithinAlpha, boundedSamplesErrorWithinAlpha];

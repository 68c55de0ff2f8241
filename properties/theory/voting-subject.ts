import { normalizedVoteEfficiency } from '../../theory/normalized-voting.ts';
import { meanWalkLength } from '../../theory/random-walk.ts';
import { majorityVote, majorityVoteFailure, tieProbability, voteIncrement } from '../../theory/voting.ts';
import { chernoffEfficiency } from '../../theory/voting-efficiency.ts';

/** The formulas about votes: the library's, or wrong ones in their place. */
export interface VotingFormulas {
  readonly majorityVote: (n: number, p: number) => number;
  readonly failure: (n: number, p: number) => number;
  readonly tie: (n: number, p: number) => number;
  readonly increment: (n: number, p: number) => number;
  /** Chernoff, of one-dimensional votes. */
  readonly exponent: (mu1: number) => number;
  /** Angular variance, of normalized votes in d dimensions. */
  readonly angular: (d: number, mu1: number) => number;
  readonly walk: (d: number, n: number) => number;
}

export const votingFormulas: VotingFormulas = {
  majorityVote,
  failure: majorityVoteFailure,
  tie: tieProbability,
  increment: voteIncrement,
  exponent: chernoffEfficiency,
  angular: normalizedVoteEfficiency,
  walk: meanWalkLength,
};

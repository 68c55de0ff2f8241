import { InverseClaimsError } from '../core/errors.ts';

/** What the file system refused, as an error that names the place. */
export function unwritable(where: string, error: unknown): InverseClaimsError {
  return new InverseClaimsError('unwritable', {
    where,
    expected: 'a place that can be written to',
    received: error instanceof Error && 'code' in error ? String(error.code) : String(error),
    hint: 'check the path, its permissions and the free space.',
  });
}

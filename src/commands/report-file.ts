import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readReport } from '../report/read.ts';
import type { Report } from '../report/schema.ts';

/** The file of a report that is named itself or by its folder. */
export function reportFile(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? join(path, 'report.json') : path;
}

/** The report that `--against` names; nothing where it is not given. Throws like `readReport`. */
export async function readEarlier(against: string | undefined): Promise<{ readonly earlier?: Report }> {
  return against === undefined ? {} : { earlier: await readReport(reportFile(against)) };
}

import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InverseClaimsError } from '../core/errors.ts';
import { readReport } from '../report/read.ts';
import { writeReport } from '../report/write.ts';
import { readEarlier, reportFile } from './report-file.ts';

export interface RedrawFlags {
  /** A report.json, or its folder. */
  readonly from: string;
  /** Folder of `from` unless given. */
  readonly out?: string;
  /** Earlier report, or its folder, to compare with. */
  readonly against?: string;
}

const NAME = 'report.json';

/** `report --from <report>`: draws a report again from its data, without computing anything; returns the path of the page. */
export async function redraw(flags: RedrawFlags): Promise<string> {
  const file = reportFile(flags.from);
  const report = await readReport(file);
  const { earlier } = await readEarlier(flags.against);
  const out = flags.out ?? folderOf(file);
  await writeReport(report, out, earlier === undefined ? {} : { against: earlier });
  return join(out, 'index.html');
}

/** A copy under another name beside a report must not replace that report unasked. */
function folderOf(file: string): string {
  const folder = dirname(file);
  if (basename(file) === NAME || !existsSync(join(folder, NAME))) return folder;
  throw new InverseClaimsError('unwritable', {
    where: `report: ${folder}`,
    expected: 'a folder without another report',
    received: `${NAME} beside ${basename(file)}`,
    hint: 'say with --out where the files go',
  });
}

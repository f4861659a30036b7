import type { PageData } from '../html/page-data.js';
import { ofKind } from '../html/shown.js';

/** Coverage of the code by lines, as lcov and genhtml read it. */
export function lcov(data: PageData): string {
  const files = ofKind(data, 'code-coverage').flatMap(({ result }) => result.files);
  const records = files.map(({ path, hits, functions, branches, lines }) => {
    const counts = hits.flatMap((count, i) => (count < 0 ? [] : [`DA:${i + 1},${count}`]));
    const totals = [
      `FNF:${functions.total}`,
      `FNH:${functions.covered}`,
      `BRF:${branches.total}`,
      `BRH:${branches.covered}`,
      `LF:${lines.total}`,
      `LH:${lines.covered}`,
    ];
    // A line of the format ends with the name: one that holds line ends would be read as more.
    return ['TN:', `SF:${path.replace(/[\r\n]/g, ' ')}`, ...counts, ...totals, 'end_of_record'].join('\n');
  });
  return records.map((record) => `${record}\n`).join('');
}

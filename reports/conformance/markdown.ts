import { type Matrix, matrixOf, toldOf, witnessText } from './matrix.js';
import type { KernelRecord } from './record.js';

/** Text that a table cell or a list may hold as it is. */
const plain = (text: string): string => text.replace(/[\\|<>`*_[\]]/g, (mark) => `\\${mark}`);

function tableOf(matrix: Matrix, rows: Matrix['rows']): string[] {
  return [
    `| | ${matrix.kernels.map(plain).join(' | ')} |`,
    `|---|${matrix.kernels.map(() => '---|').join('')}`,
    ...rows.map(({ id, cells }) => `| \`${id}\` | ${cells.map(({ text }) => plain(text)).join(' | ')} |`),
  ];
}

const thousands = (value: number): string => value.toLocaleString('en-US');

/** One line on how far a kernel was asked. */
function askedText(name: string, record: KernelRecord): string {
  const { release, upstream, sources, cover, unobserved, disagreements } = record;
  const counts = sources.map(({ source, sequences }) => `${source} ${thousands(sequences)}`).join(', ');
  const parts = [
    ...(upstream === undefined ? [] : [`release ${release}`]),
    `sequences: ${counts === '' ? 'none but those of the table' : counts}`,
    ...(cover === undefined
      ? []
      : [
          `features of the transition cover shown: ${thousands(cover.shown)} of ${thousands(cover.features)}`,
        ]),
    disagreements.length === 0
      ? 'no disagreement that no row explains'
      : `disagreements that no row explains: ${disagreements.length}`,
    ...(unobserved.length === 0
      ? []
      : [`not observed: ${unobserved.map(({ what, why }) => `${what} (${why})`).join(', ')}`]),
  ];
  return `- ${plain(name)}: ${plain(parts.join('; '))}.`;
}

/** The matrix as two tables, variation points and known findings, and how far each kernel was asked. */
export function matrixMarkdown(records: readonly KernelRecord[]): string {
  const matrix = matrixOf(records);
  const table = (finding: boolean): string[] =>
    tableOf(
      matrix,
      matrix.rows.filter((row) => row.finding === finding),
    );
  return [
    'Variation points: `0` as older kernels do, `1` as newer ones. `?`: not observable there; `!`: neither side explains it; `*` another side',
    'than the release says.',
    '',
    ...table(false),
    '',
    'Known findings: whether the kernel does what it should not.',
    '',
    ...table(true),
    '',
    ...records.map((record, i) => askedText(matrix.kernels[i], record)),
    '',
  ].join('\n');
}

/** The matrix, and for each row what the sides are and the sequences that tell them apart. */
export function conformanceMarkdown(records: readonly KernelRecord[]): string {
  const matrix = matrixOf(records);
  const details = matrix.rows.flatMap((row) => [
    `### ${row.id}`,
    '',
    ...row.sides.map((text, side) => `- ${row.finding ? ['no', 'yes'][side] : side}: ${plain(text)}`),
    ...toldOf(matrix, row).map(
      ({ kernels, record }) => `- On ${plain(kernels.join(', '))}: ${plain(witnessText(record))}`,
    ),
    '',
  ]);
  return `# Kernels\n\n${matrixMarkdown(records)}\n## What the rows say\n\n${details.join('\n')}`;
}

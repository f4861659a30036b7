import type { KernelConformance, SourceResult } from '../../model/conformance.js';
import { thousands } from '../terminal/summary.js';
import { clip, type Line, line, paragraph, span, WIDTH } from '../terminal/text.js';
import { type Matrix, type MatrixRow, toldOf, witnessText } from './matrix.js';

const NAME = 27;
const CELL = 13;
const COLUMNS = Math.floor((WIDTH - NAME) / CELL);

const LEGEND =
  '0: as older kernels do, 1: as newer ones; known findings: yes, no; ?: not observable there; !: neither side explains it; ' +
  '*: another side than the release says.';

function blockLines(matrix: Matrix, from: number, to: number): Line[] {
  const row = (name: string, cells: readonly string[]): string =>
    clip(name, NAME - 1).padEnd(NAME) + cells.map((cell) => clip(cell, CELL - 1).padEnd(CELL)).join('');
  const head = line(row('', matrix.kernels.slice(from, to)), 'faint');
  const body = matrix.rows.map(({ id, cells }) => {
    const texts = cells.slice(from, to).map(({ text }) => text);
    const odd = texts.some((text) => /[!*]/.test(text));
    return line(row(id, texts), odd ? 'warn' : 'plain');
  });
  return [head, ...body, line()];
}

function rowLines(matrix: Matrix, row: MatrixRow): Line[] {
  const { id, sides, finding } = row;
  const names = finding ? ['no', 'yes'] : ['0', '1'];
  return [
    line(id, 'strong'),
    ...sides.flatMap((text, side) => paragraph([span(`  ${names[side]}: `, 'faint')], text)),
    ...toldOf(matrix, row).flatMap(({ kernels, record }) =>
      paragraph([span('  on ', 'faint')], `${kernels.join(', ')}: ${witnessText(record)}`),
    ),
  ];
}

/** The matrix as tables at 80 columns, then what each row means and the sequences that show it. */
export function matrixLines(matrix: Matrix): Line[] {
  const blocks = Math.ceil(matrix.kernels.length / COLUMNS);
  const tables = Array.from({ length: blocks }, (_, i) => blockLines(matrix, i * COLUMNS, (i + 1) * COLUMNS));
  return [
    ...tables.flat(),
    ...paragraph(line('', 'faint'), LEGEND, 'faint'),
    line(),
    ...matrix.rows.flatMap((row) => rowLines(matrix, row)),
  ];
}

function sourceText({ sequences, disagreed, incomplete, seconds }: SourceResult): string {
  const rate = seconds > 0 && sequences > 0 ? `, ${thousands(Math.round(sequences / seconds))} a second` : '';
  const agreed = disagreed === 0 ? 'all agree' : `${thousands(disagreed)} DISAGREE`;
  const ended = incomplete === undefined ? '' : `; ${incomplete}`;
  return `${thousands(sequences)} sequences${rate}, ${sequences === 0 ? 'none was answered' : agreed}${ended}`;
}

function coverLines({ cover }: KernelConformance): Line[] {
  if (cover === undefined) return [];
  const { features, shown, missed } = cover;
  const by = (how: string): number => missed.filter((each) => each.how === how).length;
  const parts = [
    `${thousands(shown)} of ${thousands(features)} features of the cover shown`,
    `${thousands(by('unobserved'))} NOT OBSERVED`,
    `${thousands(by('otherwise'))} came out otherwise, as allowed`,
    `${thousands(by('disagreed'))} disagree`,
  ];
  const asked = shown + missed.length;
  if (asked < features) parts.push(`${thousands(features - asked)} not asked`);
  return paragraph([span('  features  ', 'faint')], parts.join('; '));
}

/** What was asked of a kernel, source by source, and what it could not show. */
export function conformanceLines(conformance: KernelConformance): Line[] {
  const { name, verdict, sources, unobserved } = conformance;
  const title = verdict.system.endsWith(name) ? verdict.system : `${verdict.system} (${name})`;
  return [
    line(title, 'strong'),
    ...sources.flatMap((each) => paragraph([span(`  ${each.source.padEnd(10)}`, 'faint')], sourceText(each))),
    ...coverLines(conformance),
    ...unobserved.flatMap(({ what, why, operations }) =>
      paragraph([span('  not observed: ', 'warn')], `${what}, ${thousands(operations)} operations: ${why}`),
    ),
  ];
}

import { describe, expect, it } from 'vitest';
import { conformanceMarkdown, matrixMarkdown } from '#reports/conformance/markdown';
import { matrixOf, toldOf } from '#reports/conformance/matrix';
import { type KernelRecord, recordOf } from '#reports/conformance/record';
import { conformanceLines, matrixLines } from '#reports/conformance/terminal';
import { paint } from '#reports/terminal/text';
import { DEBIAN, HOST } from './examples.js';

const RECORDS = [recordOf(DEBIAN), recordOf(HOST)];
const text = (records: readonly KernelRecord[]): string => paint(matrixLines(matrixOf(records)), false);
const widest = (lines: string): number => Math.max(...lines.split('\n').map((line) => line.length));

describe('the matrix', () => {
  it('has a cell for each kernel and point', () => {
    const { kernels, rows } = matrixOf(RECORDS);
    expect(kernels).toEqual(['6.12.117', '6.18.44']);
    expect(rows.map(({ id, cells }) => [id, ...cells.map((cell) => cell.text)])).toEqual([
      ['gup-refused', '?', '1'],
      ['cut-invalid', '!', '0*'],
      ['second-mapping-charged', 'no', 'yes'],
    ]);
  });

  it('leaves empty what was not asked, and tells kernels of one version apart', () => {
    const [debian, host] = RECORDS;
    const other = { ...host, release: '6.18.44-other', sides: host.sides.slice(1) };
    const { kernels, rows } = matrixOf([debian, host, other]);
    expect(kernels).toEqual(['6.12.117', '6.18.44', '6.18.44-other']);
    expect(rows[0]?.cells.map((cell) => cell.text)).toEqual(['?', '1', '']);
  });

  it("names a distribution's kernel by the version that it was made from, where that is known", () => {
    const [debian, host] = RECORDS;
    const older = { ...debian, release: '6.1.0-56-cloud-amd64' };
    const newer = { ...older, upstream: '6.1.192' };
    expect(matrixOf([older, host]).kernels).toEqual(['6.1.0-56', '6.18.44']);
    expect(matrixOf([newer, host]).kernels).toEqual(['6.1.192', '6.18.44']);
    expect(matrixMarkdown([newer, host])).toContain('- 6.1.192: release 6.1.0-56-cloud-amd64; sequences: ');
    // Two builds of one version are told apart by their releases.
    const rebuilt = { ...newer, release: '6.1.0-57-cloud-amd64' };
    expect(matrixOf([newer, rebuilt]).kernels).toEqual(['6.1.0-56-cloud-amd64', '6.1.0-57-cloud-amd64']);
  });

  it('tells a sequence once for all kernels that answered it alike', () => {
    const [, host] = RECORDS;
    const matrix = matrixOf([host, { ...host, release: '6.19.1' }]);
    expect(toldOf(matrix, matrix.rows[0]).map(({ kernels }) => kernels)).toEqual([['6.18.44', '6.19.1']]);
  });

  it('is a table of 80 columns, with what the rows say below', () => {
    const shown = text(RECORDS);
    expect(widest(shown)).toBeLessThanOrEqual(80);
    expect(shown).toContain('cut-invalid                !            0*');
    expect(shown).toContain('  0: vmsplice reaches the pages\n  1: it is EFAULT\n');
    expect(shown).toContain('on 6.12.117: not observable: no privilege');
    expect(shown.replace(/\s+/g, ' ')).toContain('headroom() = 16 pages, 10 times of 10');
    expect(shown.replace(/\s+/g, ' ')).toContain('NEITHER SIDE: ');
    expect(shown).toContain('  yes: it takes its pages from the gift');
  });

  it('is several tables when there are many kernels', () => {
    const many = Array.from({ length: 9 }, (_, i) => ({ ...RECORDS[1], release: `6.${i}.100` }));
    const shown = text(many);
    expect(widest(shown)).toBeLessThanOrEqual(80);
    expect(shown.match(/^gup-refused {16}/gm)?.length).toBe(3);
    for (const { release } of many) expect(shown).toContain(release);
  });

  it('is Markdown, in which nothing that a kernel says can become markup', () => {
    const table = matrixMarkdown(RECORDS);
    expect(table).toContain('| | 6.12.117 | 6.18.44 |\n|---|---|---|\n| `gup-refused` | ? | 1 |');
    expect(table).toContain('| `cut-invalid` | ! | 0\\* |');
    expect(table).toContain('not observed: inject (a real kernel takes no injected failures)');
    expect(table).toContain('disagreements that no row explains: 1');
    const evil = { ...RECORDS[1], release: 'x<b>|`x`' };
    expect(matrixMarkdown([evil, RECORDS[1]])).toContain('x\\<b\\>\\|\\`x\\`');
    const whole = conformanceMarkdown(RECORDS);
    expect(whole).toContain('### gup-refused\n\n- 0: vmsplice reaches the pages\n');
    expect(whole).toContain('- On 6.12.117: not observable: no privilege');
  });
});

describe('what was asked of a kernel', () => {
  it('is told source by source, and what was not observed loudly', () => {
    const shown = paint(conformanceLines(HOST), false);
    expect(widest(shown)).toBeLessThanOrEqual(80);
    expect(shown).toContain('linux-6.18.44-local1 (host)\n');
    expect(shown).toContain('corpus    10 sequences, 20 a second, all agree');
    expect(shown).toContain('random    0 sequences, none was answered; interrupted before it began');
    expect(shown.replace(/\s+/g, ' ')).toContain(
      '1,900 of 2,184 features of the cover shown; 1 NOT OBSERVED; 1 came out otherwise, as allowed; 0 disagree; 282 not asked',
    );
    expect(shown).toContain('not observed: inject, 92 operations: a real kernel takes no injected failures');
    expect(paint(conformanceLines(DEBIAN), false)).toContain('10 sequences, 10 a second, 3 DISAGREE');
  });
});

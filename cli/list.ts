import { OP_NAMES, OPERATIONS } from '../model/alphabet/operations.js';
import type { VariationPoint } from '../model/alphabet/specification.js';
import { type Line, line, paragraph, span, type Tone } from '../reports/terminal/text.js';
import { unknownId } from './choose.js';
import type { Engines, Named } from './engines.js';
import { print, type Terminal } from './terminal.js';

interface Entry extends Named {
  /** Anything more, by its name, in the order to be shown. */
  readonly more?: Readonly<Record<string, string>>;
}

type Section = (engines: Engines) => readonly Entry[];

function pointEntry({ id, why, sides, since, evidence }: VariationPoint): Entry {
  return { id, text: why, more: { before: sides[0], since: `${since}: ${sides[1]}`, evidence } };
}

/** What `list` can show, by the name that asks for it. */
const SECTIONS: Readonly<Record<string, Section>> = {
  designs: ({ designs }) => designs.map(({ id, text, kind }) => ({ id, text, more: { kind } })),
  invariants: ({ invariants }) => invariants.map(({ id, text }) => ({ id, text })),
  'variation-points': ({ variationPoints }) => variationPoints.map(pointEntry),
  findings: ({ findings }) => findings.map(pointEntry),
  operations: () =>
    OP_NAMES.map((id) => {
      const { text, operands, group } = OPERATIONS[id];
      return { id, text, more: { operands: ['proc', ...Object.keys(operands)].join(', '), group } };
    }),
};

export const SECTION_NAMES: readonly string[] = Object.keys(SECTIONS);

function entryLines({ id, text, more = {} }: Entry): Line[] {
  const field = (name: string, value: string, tone: Tone): Line[] =>
    paragraph([span(`    ${name}: `, 'faint')], value, tone);
  return [
    line(`  ${id}`, 'strong'),
    ...paragraph(line('    '), text),
    ...Object.entries(more).flatMap(([name, value]) => field(name, value, 'plain')),
  ];
}

function sectionLines(name: string, entries: readonly Entry[]): Line[] {
  return [line(`${name} (${entries.length})`, 'good'), ...entries.flatMap(entryLines), line()];
}

/**
 * `mapahead list`: what can be checked, and against what.
 * @param wanted one of `SECTION_NAMES`, or undefined: all
 * @throws UsageError when there is no such section
 */
export function list(wanted: string | undefined, json: boolean, engines: Engines, terminal: Terminal): void {
  if (wanted !== undefined && !SECTION_NAMES.includes(wanted)) throw unknownId('list', wanted, SECTION_NAMES);
  const names = wanted === undefined ? SECTION_NAMES : [wanted];
  const sections = names.map((name) => [name, SECTIONS[name](engines)] as const);
  if (json) {
    const flat = ({ more, ...entry }: Entry): object => ({ ...entry, ...more });
    const object = Object.fromEntries(sections.map(([name, entries]) => [name, entries.map(flat)]));
    terminal.out.write(`${JSON.stringify(object, null, 2)}\n`);
    return;
  }
  print(
    terminal,
    sections.flatMap(([name, entries]) => sectionLines(name, entries)),
  );
}

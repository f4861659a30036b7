import { printable } from '../../model/trace/printable.js';

/** Columns of every report. Only replay tokens may be longer: they must be copied in one piece. */
export const WIDTH = 80;

/** What a piece of text means; how that looks is decided when it is painted. */
export type Tone = 'plain' | 'strong' | 'faint' | 'good' | 'bad' | 'warn';

export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

export type Line = readonly Span[];

const SGR: Readonly<Record<Tone, readonly number[]>> = {
  plain: [],
  strong: [1],
  faint: [2],
  good: [32],
  bad: [31],
  warn: [33],
};

export const span = (text: string, tone: Tone = 'plain'): Span => ({ text, tone });

/** A line of one piece. */
export const line = (text = '', tone: Tone = 'plain'): Line => [span(text, tone)];

/** Columns that a line takes. */
export const columns = (spans: Line): number =>
  spans.reduce((sum, { text }) => sum + [...printable(text)].length, 0);

/**
 * The lines as text for a terminal or a file. All text passes `printable` here, so the only control sequences in
 * the result are the colours chosen below, and those only when `colour` is set.
 */
export function paint(lines: readonly Line[], colour: boolean): string {
  const piece = ({ text, tone }: Span): string => {
    const codes = SGR[tone];
    const clean = printable(text);
    return colour && codes.length > 0 && clean.trim() !== ''
      ? `\u001b[${codes.join(';')}m${clean}\u001b[0m`
      : clean;
  };
  return lines.map((spans) => `${spans.map(piece).join('').trimEnd()}\n`).join('');
}

/** Cut what is too long, with a mark that something is missing. */
export function clip(text: string, width: number): string {
  const characters = [...printable(text)];
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join('')}>`;
}

/** Pieces of at most `width` characters. */
function pieces(word: string, width: number): string[] {
  const characters = [...word];
  const count = Math.max(1, Math.ceil(characters.length / width));
  return Array.from({ length: count }, (_, i) => characters.slice(i * width, (i + 1) * width).join(''));
}

/**
 * Break a text into lines of at most `width` characters.
 * @param at where it should be broken; what is longer than a line is broken anywhere
 */
export function wrap(text: string, width: number, at: RegExp = / +/): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(at).flatMap((each) => pieces(each, width))) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}

/** A paragraph with a heading before its first line; the following lines are indented alike. */
export function paragraph(head: Line, text: string, tone: Tone = 'plain'): Line[] {
  const indent = columns(head);
  return wrap(printable(text), WIDTH - indent).map((part, i) =>
    i === 0 ? [...head, span(part, tone)] : [span(' '.repeat(indent)), span(part, tone)],
  );
}

import { wrap } from '../terminal/text.js';

/** Columns of a line of C. */
const COLUMNS = 100;
const TAB = 8;

/**
 * A text from outside as a part of a C comment: printable ASCII that can neither end the comment nor begin another one, and continues
 * no line.
 */
export function commentText(text: string): string {
  return text
    .replace(/[^ -~]|[\\?]{2,}|\\/g, '?')
    .replaceAll('*/', '* /')
    .replaceAll('/*', '/ *');
}

/** A comment of C, on one line where it fits. @param tabs how far it is indented */
export function comment(text: string, tabs: number): string {
  const indent = '\t'.repeat(tabs);
  const clean = commentText(text);
  const room = COLUMNS - TAB * tabs - 6;
  if (clean.length <= room) return `${indent}/* ${clean} */`;
  return [`${indent}/*`, ...wrap(clean, room).map((line) => `${indent} * ${line}`), `${indent} */`].join(
    '\n',
  );
}

/** A comment of several paragraphs, each broken into lines; an empty one gives an empty line. */
export function commentBlock(paragraphs: readonly string[]): string {
  const lines = paragraphs.flatMap((text) => wrap(commentText(text), COLUMNS - 6));
  return ['/*', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */'].join('\n');
}

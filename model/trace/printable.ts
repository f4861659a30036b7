/** What a terminal could take for a command: control, format, private and unassigned characters, odd line ends. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

const escaped = (character: string): string =>
  `\\u{${Number(character.codePointAt(0)).toString(16).padStart(4, '0')}}`;

/** The text on one line, with every character that could steer a terminal spelled out as `\u{001b}`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escaped);
}

const QUOTED = 40;

/** A value from outside, as JSON, for use within a message: printable, at most 40 characters of it, lists and objects unseen. */
export function quote(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const json = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return printable(json.length > QUOTED ? `${json.slice(0, QUOTED)}...` : json);
}

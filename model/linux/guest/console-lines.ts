const MOST_LETTERS = 160;
const ESCAPE = '\u001b';

/** Without the escape sequences that firmware writes, and without anything else that does not print. */
function printableAscii(line: string): string {
  const [start, ...rest] = line.split(ESCAPE);
  const text = [start, ...rest.map((part) => part.replace(/^\[[0-9;?]*[A-Za-z]/, ''))].join('');
  return text.replace(/[^ -~]+/g, ' ').trim();
}

/**
 * A line of the kernel's log as it can be shown and compared: printable ASCII of at most 160 letters, without its time, and
 * without the numbers that differ each time: processes, processors, addresses.
 */
export function sanitised(line: string): string {
  return printableAscii(line)
    .replace(/^(?:<\d+>)?(?:\[ *\d+\.\d+\] *)?(?:\[ *[TC]\d+\] *)?/, '')
    .replace(/\b(CPU|PID|UID)([:#]) ?\d+/g, '$1$2 N')
    .replace(/\b(mapahead-agent0)([:/[( ]+)\d+/g, '$1$2N')
    .replace(/\b(?:0x)?[0-9a-f]{8,}\b/g, 'ADDRESS')
    .slice(0, MOST_LETTERS);
}

/** Cuts a stream of bytes into lines. */
export class Lines {
  private rest = '';

  /** The lines that are complete with this piece. */
  push(piece: Buffer): string[] {
    const lines = (this.rest + piece.toString('latin1')).split('\n');
    this.rest = lines.pop() ?? '';
    return lines;
  }
}

import { printable } from './printable.js';

/**
 * A trace, trace file or token that cannot be used. The only error that this folder throws for bad input.
 * Its message is one printable line: where it comes from, the place in it, what is wrong and how to mend it.
 */
export class TraceError extends Error {
  override readonly name = 'TraceError';

  /**
   * @param problem what is wrong, and how to mend it
   * @param place JSON pointer, for example `/operations/3/prot`; empty: the whole
   * @param source file name, or `token`; empty: not known here
   */
  constructor(
    readonly problem: string,
    readonly place = '',
    readonly source = '',
  ) {
    super(
      [source, place, problem]
        .filter((part) => part !== '')
        .map(printable)
        .join(': '),
    );
  }

  /** The same error, with the name of the file that it is about. */
  from(source: string): TraceError {
    return new TraceError(this.problem, this.place, source);
  }
}

import type { SourcedResult } from '../reports/html/page-data.js';
import type { Result } from '../reports/results/schema.js';
import { line } from '../reports/terminal/text.js';
import { type Live, openLive } from './live.js';
import { checkPlaces, isWanted, type PublishFlags, pageData, publish } from './publish.js';
import { type Terminal, tell } from './terminal.js';

/** Takes what a run comes to where its options want it: into files, and to who watches. */
export class Publisher {
  readonly #flags: PublishFlags;
  readonly #name: string;
  readonly #terminal: Terminal;
  readonly #live: Live | undefined;
  #problem: unknown;
  readonly started = new Date();

  private constructor(flags: PublishFlags, name: string, terminal: Terminal, live: Live | undefined) {
    this.#flags = flags;
    this.#name = name;
    this.#terminal = terminal;
    this.#live = live;
  }

  /**
   * Before a run.
   * @param name of the result's file, without its ending
   * @param command the command line that makes the result again
   * @throws UsageError when a file could not be written
   */
  static async open(
    flags: PublishFlags,
    name: string,
    command: string,
    terminal: Terminal,
  ): Promise<Publisher> {
    checkPlaces(flags);
    const live = flags.watch === true ? await openLive({ ...pageData([]), live: { command } }) : undefined;
    if (live !== undefined) tell(terminal, [line(`watch ${live.address}`)]);
    return new Publisher(flags, name, terminal, live);
  }

  get isWanted(): boolean {
    return isWanted(this.#flags);
  }

  /** How far a System is, to who watches. @param share of the whole, from 0 to 1, where it is known */
  progress(system: string, text: string, share?: number): void {
    this.#live?.progress({ system, text, ...(share === undefined ? {} : { share }) });
  }

  /** After a run. A file that cannot be written is told by `close`: what was found is worth more than its file, and is told first. */
  async publish(result: Result): Promise<void> {
    const shown: SourcedResult = { source: `${this.#name}.json`, result };
    await this.#live?.result(pageData([shown]));
    try {
      const { files, notes } = publish(this.#flags, this.#name, result);
      tell(this.#terminal, [
        ...files.map((path) => line(`saved ${path}`)),
        ...notes.map((note) => line(`note: ${note}`, 'warn')),
      ]);
    } catch (error) {
      this.#problem = error;
    }
  }

  /** @throws UsageError, TraceError when a file could not be written, or one beside it not be read */
  async close(): Promise<void> {
    await this.#live?.close();
    if (this.#problem !== undefined) throw this.#problem;
  }
}

import { alarmIn } from './alarms.js';
import { Lines, sanitised } from './console-lines.js';

/** Lines of a report that are kept: the registers and the call trace are among them. */
const MOST_REPORT_LINES = 60;
/** Lines that are kept of what came before. */
const MOST_LAST_LINES = 20;

const SAID_BY_AGENT = /\bmapahead: (.*)$/;
const END_OF_SEQUENCE = /^end (\d+)$/;
/** A line of blanks has lost its end: what is printed is trimmed. */
const PROGRAM_SAID = /^program (\d+)(, on)?: ?(.*)$/;
const END_OF_PROGRAM = /^end of program (\d+): (.*)$/;
const CANNOT_START = /^cannot start: (.*)$/;
const INSTRUCTION = /\bRIP: [0-9a-f]{4}:([\w.]+)\+0x/;

/** What a console's reader is told. */
export interface ConsoleListener {
  /** The agent is there and reads its channel. */
  onReady(): void;
  /** All that the kernel had to say of this sequence has been read. */
  onEndOfSequence?(id: number): void;
  /** A line, or a piece of one, that a program said which the agent runs. */
  onProgramSaid?(id: number, text: string, goesOn: boolean): void;
  /** How such a program ended: `code N` or `killed by signal N`. */
  onEndOfProgram?(id: number, how: string): void;
  /** The first alarm. Only once. */
  onAlarm(): void;
}

/** Reads the kernel's log as it comes. */
export class GuestConsole {
  private readonly lines = new Lines();
  private readonly last: string[] = [];
  private readonly report: string[] = [];
  private agentSays: string | undefined;
  private isReady = false;

  constructor(private readonly listener: ConsoleListener) {}

  push(piece: Buffer): void {
    for (const line of this.lines.push(piece)) this.take(sanitised(line));
  }

  /** The kernel's report of what went wrong: the line that says it first, then those after it. Empty without an alarm. */
  get alarm(): readonly string[] {
    return this.report;
  }

  /** An alarm in one line: its first words, and where the kernel was. */
  get words(): string {
    const [first = ''] = this.report;
    const where = this.report.flatMap((line) => INSTRUCTION.exec(line)?.[1] ?? []);
    return where[0] === undefined || first.includes(where[0]) ? first : `${first} (in ${where[0]})`;
  }

  /** Why the guest does not start, or the last thing that it said, in one line. */
  get lastWords(): string {
    const panic = this.last.find((line) => alarmIn(line) === 'panic');
    return this.agentSays ?? panic ?? this.last.at(-1) ?? 'nothing';
  }

  private take(line: string): void {
    if (line === '') return;
    this.last.push(line);
    if (this.last.length > MOST_LAST_LINES) this.last.shift();
    const [, said] = SAID_BY_AGENT.exec(line) ?? [];
    if (said !== undefined) this.takeFromAgent(said);
    else this.takeFromKernel(line);
  }

  private takeFromAgent(said: string): void {
    const [, id] = END_OF_SEQUENCE.exec(said) ?? [];
    const [, speaker, goesOn, text = ''] = PROGRAM_SAID.exec(said) ?? [];
    const [, ended, how = ''] = END_OF_PROGRAM.exec(said) ?? [];
    if (said === 'ready') {
      this.isReady = true;
      this.listener.onReady();
    } else if (id !== undefined) {
      this.listener.onEndOfSequence?.(Number(id));
    } else if (speaker !== undefined) {
      this.listener.onProgramSaid?.(Number(speaker), text, goesOn !== undefined);
    } else if (ended !== undefined) {
      this.listener.onEndOfProgram?.(Number(ended), how);
    } else {
      this.agentSays = CANNOT_START.exec(said)?.[1] ?? said;
    }
  }

  private takeFromKernel(line: string): void {
    // What a kernel complains of while it starts is not the doing of a sequence.
    if (!this.isReady || (this.report.length === 0 && alarmIn(line) === undefined)) return;
    if (this.report.length < MOST_REPORT_LINES) this.report.push(line);
    if (this.report.length === 1) this.listener.onAlarm();
  }
}

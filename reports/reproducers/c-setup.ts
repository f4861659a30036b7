import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { OP, type OpName } from '../../model/alphabet/operations.js';
import type { Trace } from '../../model/alphabet/trace.js';
import type { MachineFact, Scenario } from './scenario.js';

const FACTS: Readonly<Record<MachineFact, readonly [check: string, on: string, off: string]>> = {
  pku: ['has_protection_keys()', 'a CPU with protection keys', 'a CPU without protection keys'],
  thp: ['knows_advice(MADV_HUGEPAGE)', 'CONFIG_TRANSPARENT_HUGEPAGE', 'no CONFIG_TRANSPARENT_HUGEPAGE'],
  ksm: ['knows_advice(MADV_MERGEABLE)', 'CONFIG_KSM', 'no CONFIG_KSM'],
};

/** perf_event_paranoid makes three differences: no limits, as usual, and nothing for ordinary users. */
const PARANOID: readonly (readonly [least: number, most: number])[] = [
  [-100, -1],
  [0, 2],
  [3, 100],
];

/** What a sequence asks of the program around it. */
class Wants {
  readonly #kinds: ReadonlySet<number>;
  readonly #trace: Trace;

  constructor(trace: Trace) {
    this.#trace = trace;
    const kinds = new Set<number>();
    for (let at = 0; at < trace.ops.length; at += OP_WIDTH) kinds.add(trace.ops[at]);
    this.#kinds = kinds;
  }

  any(...names: readonly OpName[]): boolean {
    return names.some((name) => this.#kinds.has(OP[name]));
  }

  /** Buffers are mapped, so that it matters how many pages are free of charge. */
  get charges(): boolean {
    return this.any('open', 'headroom') && this.any('mmap', 'headroom');
  }

  get env() {
    return this.#trace.env;
  }
}

const lines = (...all: readonly (string | false)[]): string[] => all.filter((line) => line !== false);

/** What has to hold on the machine, and what the processes need: before the first one is there. */
function prepare({ facts, trace }: Scenario, wants: Wants, cannot: string | undefined): string[] {
  const { env } = trace;
  const paranoid = PARANOID.find(([, most]) => env.paranoid <= most) ?? PARANOID[2];
  return [
    '/* Before the first process: what the machine must have, and what the processes need. */',
    'static void prepare(void)',
    '{',
    ...lines(
      cannot !== undefined && `\tend_with(SKIPPED, "${cannot}");`,
      '\tpin_to_first_cpu();',
      wants.any('open', 'headroom') && '\tneed_events();',
      wants.any('open', 'headroom') &&
        `\tneed(paranoid_within(${paranoid.join(', ')}), "kernel.perf_event_paranoid from ${paranoid[0]} to ${paranoid[1]}");`,
      ...facts.map((fact) => {
        const [check, on, off] = FACTS[fact];
        return `\tneed(${env[fact] ? '' : '!'}${check}, "${env[fact] ? on : off}");`;
      }),
      '\tchoose_users();',
      wants.charges && `\tleave_gift(0, ${env.gift});`,
      wants.charges && wants.any('setuid') && `\tleave_gift(1, ${env.gift});`,
      wants.any('read_into', 'write_from', 'vmsplice') && '\topen_pipe();',
      wants.any('direct_read', 'direct_write') && '\topen_direct_file();',
      wants.any('exec') && '\tcopy_program();',
    ),
    '}',
  ];
}

function begin(wants: Wants): string[] {
  const keeps = wants.any('setuid', 'cap');
  return [
    '/* The first process. */',
    'static _Noreturn void begin(void)',
    '{',
    '\tshared->pid[P0] = getpid();',
    '\tsetsid();',
    '\tcatch_faults();',
    `\tset_first_memlock(${wants.env.rlimit});`,
    `\t${keeps ? 'drop_to_and_keep' : 'drop_to'}(shared->user[0]);`,
    '\tsequence();',
    '}',
  ];
}

function resumeAfterExecve(wants: Wants): string[] {
  if (!wants.any('exec')) return [];
  return [
    '/* In the program that execve() has put in the place of a process: the step is done, and it goes on after it. */',
    'static void resume_after_execve(int count, char **arguments)',
    '{',
    '\tif (count != 3 || strcmp(arguments[1], "resume"))',
    '\t\treturn;',
    '\tshare_memory();',
    "\tme = arguments[2][0] - '0';",
    ...lines(wants.any('setuid', 'cap') && '\teffective_as_said();'),
    '\tdie_with_parent();',
    '\tcatch_faults();',
    '\tpass_on();',
    '\tsequence();',
    '}',
  ];
}

/** The functions between the sequence and those that conduct it. */
export interface Setup {
  readonly before: string;
  readonly resume: string;
  readonly resumes: boolean;
}

/** What a scenario needs around its sequence. @param cannot why it cannot be run at all, if so */
export function setupOf(scenario: Scenario, cannot: string | undefined): Setup {
  const wants = new Wants(scenario.trace);
  return {
    before: [...prepare(scenario, wants, cannot), '', ...begin(wants)].join('\n'),
    resume: resumeAfterExecve(wants).join('\n'),
    resumes: wants.any('exec'),
  };
}

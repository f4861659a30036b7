/** What the agent found out about its kernel and its machine. */
export interface KernelFacts {
  /** `uname -r`. */
  readonly release: string;
  /** `uname -v`: how the kernel calls its build. */
  readonly build: string;
  /** CPUs online. */
  readonly cpus: number;
  /** kernel.perf_event_paranoid. */
  readonly paranoid: number;
  /** kernel.perf_event_mlock_kb. */
  readonly mlockKb: number;
  /** Real uid of the agent. */
  readonly uid: number;
  /** It can give each sequence users of its own, and answer `setuid` and `cap`. */
  readonly privileged: boolean;
  readonly pku: boolean;
  readonly thp: boolean;
  readonly ksm: boolean;
  /** O_DIRECT works in the agent's folder. */
  readonly direct: boolean;
  /** Pages that a user may map before RLIMIT_MEMLOCK is asked, as measured. */
  readonly gift: number;
  /** Name of a PMU with AUX buffers, or `none`. The agent does not open events of it. */
  readonly aux: string;
}

/**
 * The version of Linux that a distribution's kernel was made from, where its release names another one: Debian calls every build of a series
 * `6.1.0-56-cloud-amd64`, and says `Debian 6.1.192-2` in `uname -v`.
 */
export function upstreamOf({ release, build }: Pick<KernelFacts, 'release' | 'build'>): string | undefined {
  const version = /\bDebian (\d+\.\d+(?:\.\d+)?)\b/.exec(build)?.[1];
  return /^\d+\.\d+(?:\.\d+)?/.exec(release)?.[0] === version ? undefined : version;
}

/**
 * Facts from the lines `name=value` of the agent.
 * @throws Error when one is missing
 */
export function parseFacts(text: string): KernelFacts {
  const lines = new Map<string, string>(
    text.split('\n').flatMap((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)] as const];
    }),
  );
  const word = (name: string): string => {
    const value = lines.get(name);
    if (value === undefined || value === '') throw new Error(`the agent does not say its ${name}`);
    return value;
  };
  const number = (name: string): number => {
    const value = Number(word(name));
    if (!Number.isInteger(value)) throw new Error(`the agent's ${name} is no number`);
    return value;
  };
  const flag = (name: string): boolean => number(name) === 1;
  return {
    release: word('release'),
    build: word('build'),
    cpus: number('cpus'),
    paranoid: number('paranoid'),
    mlockKb: number('mlock_kb'),
    uid: number('uid'),
    privileged: flag('privileged'),
    pku: flag('pku'),
    thp: flag('thp'),
    ksm: flag('ksm'),
    direct: flag('direct'),
    gift: number('gift'),
    aux: word('aux'),
  };
}

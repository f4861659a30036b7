import type { KernelFacts } from './facts.js';

/** Something of the alphabet that cannot be seen on a kernel, or not as it runs here. */
export interface NotObserved {
  readonly what: string;
  readonly why: string;
}

function auxReason({ aux }: KernelFacts): string {
  return aux === 'none' ? 'no PMU has AUX buffers here' : `the agent opens no events of ${aux}`;
}

/** What checks of this kernel leave out. Nothing of it may be taken for passed. */
export function notObserved(facts: KernelFacts): NotObserved[] {
  const { privileged, direct, paranoid } = facts;
  return [
    { what: 'AUX buffers', why: auxReason(facts) },
    { what: 'failed allocations', why: 'those of a real kernel are not ours to fail' },
    ...(privileged ? [] : [{ what: 'setuid, cap', why: 'the agent does not run as root' }]),
    ...(direct ? [] : [{ what: 'direct_read, direct_write', why: 'no file system with O_DIRECT is there' }]),
    ...(paranoid <= -1
      ? [{ what: 'headroom', why: `with perf_event_paranoid ${paranoid} it has no limit` }]
      : []),
  ];
}

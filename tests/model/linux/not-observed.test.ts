import { expect, it } from 'vitest';
import type { KernelFacts } from '#model/linux/facts';
import { notObserved } from '#model/linux/not-observed';

const FACTS: KernelFacts = {
  release: '6.12.0',
  build: '#1 SMP',
  cpus: 2,
  paranoid: 2,
  mlockKb: 516,
  uid: 0,
  privileged: true,
  pku: false,
  thp: true,
  ksm: true,
  direct: true,
  gift: 129,
  aux: 'none',
};

const ALWAYS = {
  'AUX buffers': 'no PMU has AUX buffers here',
  'failed allocations': 'those of a real kernel are not ours to fail',
};

it.each<[string, Partial<KernelFacts>, object]>([
  ['everything else can be seen', {}, {}],
  [
    'a PMU with AUX buffers is there, but not used',
    { aux: 'intel_pt' },
    { 'AUX buffers': 'the agent opens no events of intel_pt' },
  ],
  ['not root', { privileged: false }, { 'setuid, cap': 'the agent does not run as root' }],
  [
    'no O_DIRECT',
    { direct: false },
    { 'direct_read, direct_write': 'no file system with O_DIRECT is there' },
  ],
  ['no limit', { paranoid: -1 }, { headroom: 'with perf_event_paranoid -1 it has no limit' }],
  ['a limit', { paranoid: 0 }, {}],
])('what checks leave out: %s', (_, facts, more) => {
  const left = notObserved({ ...FACTS, ...facts }).map(({ what, why }) => [what, why]);
  expect(Object.fromEntries(left)).toEqual({ ...ALWAYS, ...more });
  expect(left).toHaveLength(Object.keys({ ...ALWAYS, ...more }).length);
});

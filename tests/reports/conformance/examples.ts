// What was found out about three kernels, made by hand.
import { OK } from '#model/alphabet/observations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import type { KernelConformance, SideResult } from '#model/conformance';
import { operationsFromJson } from '#model/trace/operation-json';
import { encodeToken } from '#model/trace/token';
import type { Verdict } from '#model/verdict';
import { COUNTEREXAMPLE, KERNEL } from '../examples.js';

export const TRACE = {
  env: { ...DEFAULT_ENV, aux: false },
  ops: operationsFromJson([
    { op: 'open', proc: 0, fd: 0, flags: [], output: -1 },
    { op: 'fork', proc: 0, child: 1 },
    { op: 'mmap', proc: 1, fd: 0, page: 0, npages: 2, prot: ['read'], flags: [], pgoff: 0 },
    { op: 'headroom', proc: 0 },
  ]),
};
const OBSERVATIONS = [
  Int32Array.of(OK, 0),
  Int32Array.of(OK, 0),
  Int32Array.of(OK, 0),
  Int32Array.of(OK, 16),
];

const SIDES = {
  'gup-refused': ['vmsplice reaches the pages', 'it is EFAULT'],
  'cut-invalid': ['it is ENOMEM', 'it is EINVAL'],
  'second-mapping-charged': ['a further mapping costs nothing', 'it takes its pages from the gift'],
} as const;

const side = (id: keyof typeof SIDES, more: Partial<SideResult>): SideResult => ({
  id,
  finding: id === 'second-mapping-charged',
  sides: SIDES[id],
  expected: 1,
  ...more,
});

export const witness = (system: string) => ({
  trace: TRACE,
  observations: OBSERVATIONS,
  token: encodeToken(system, TRACE),
  repeats: 10,
});

const verdictOf = (system: string, more: Partial<Verdict> = {}): Verdict => ({ ...KERNEL, system, ...more });

/** The kernel of the machine: on the sides of its release, one finding, no AUX. */
export const HOST: KernelConformance = {
  name: 'host',
  verdict: verdictOf('linux-6.18.44-local1'),
  sources: [
    { source: 'corpus', sequences: 10, disagreed: 0, seconds: 0.5 },
    { source: 'cover', sequences: 2_000, disagreed: 0, seconds: 4 },
    { source: 'random', sequences: 0, disagreed: 0, seconds: 0, incomplete: 'interrupted before it began' },
  ],
  cover: {
    features: 2_184,
    shown: 1_900,
    missed: [
      { feature: 'inject ok', how: 'unobserved', why: 'a real kernel takes no injected failures' },
      { feature: 'mmap EPERM', how: 'otherwise', why: 'ok' },
    ],
  },
  unobserved: [{ what: 'inject', why: 'a real kernel takes no injected failures', operations: 92 }],
  sides: [
    side('gup-refused', { measured: 1, witness: witness('linux-6.18.44-local1') }),
    side('cut-invalid', { measured: 0, witness: witness('linux-6.18.44-local1') }),
    side('second-mapping-charged', { measured: 1, witness: witness('linux-6.18.44-local1') }),
  ],
};

/** An older one, in a machine that shows less, and neither way in one point. */
export const DEBIAN: KernelConformance = {
  name: 'debian:6.12',
  verdict: verdictOf('linux-6.12.117+deb12-cloud-amd64', {
    outcome: 'failed',
    counterexample: { ...COUNTEREXAMPLE, system: 'linux-6.12.117+deb12-cloud-amd64' },
  }),
  sources: [{ source: 'corpus', sequences: 10, disagreed: 3, seconds: 1 }],
  unobserved: [],
  sides: [
    side('gup-refused', { notObservable: 'no privilege' }),
    side('cut-invalid', {
      witness: witness('linux-6.12.117+deb12-cloud-amd64'),
      unexplained: {
        kind: 'spec',
        rule: 'spec',
        text: 'A rule.',
        step: 3,
        detail: 'process 0: headroom gave 16, allowed 18',
      },
    }),
    side('second-mapping-charged', {
      expected: 0,
      measured: 0,
      witness: witness('linux-6.12.117+deb12-cloud-amd64'),
    }),
  ],
};

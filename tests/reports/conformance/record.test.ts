import { describe, expect, it } from 'vitest';
import { decodeToken } from '#model/trace/token';
import { mergeRecords, recordOf, recordsSchema } from '#reports/conformance/record';
import { DEBIAN, HOST, TRACE } from './examples.js';

describe('records of kernels', () => {
  it('keep what was found, in a form that can be read again', () => {
    const records = mergeRecords([], [HOST, DEBIAN].map(recordOf));
    expect(recordsSchema.parse(JSON.parse(JSON.stringify(records)))).toEqual(records);
    const [debian, host] = records.kernels;
    expect(debian.release).toBe('6.12.117+deb12-cloud-amd64');
    expect(debian.disagreements.length).toBe(1);
    expect(host.cover).toEqual({ features: 2_184, shown: 1_900, unobserved: 1, otherwise: 1, disagreed: 0 });
    expect(host.sides[0]?.witness).toMatchObject({
      calls: [
        'perf_event_open(pid 0, cpu -1) as fd 0',
        'fork() as P1',
        'P1 mmap(page 0, 2 pages, PROT_READ, MAP_SHARED|MAP_FIXED, fd 0, pgoff 0)',
        'headroom()',
      ],
      answer: '16 pages',
      repeats: 10,
    });
    expect(debian.sides[1]?.unexplained).toBe('process 0: headroom gave 16, allowed 18');
  });

  it('say what a kernel was made from; those that do not are read, too', () => {
    const record = recordOf({ ...DEBIAN, upstream: '6.12.116' });
    expect(record.upstream).toBe('6.12.116');
    expect(recordOf(DEBIAN)).not.toHaveProperty('upstream');
    const { upstream: _, ...older } = record;
    const of = (kernel: object) => ({ format: 'mapahead-kernels', version: 1, kernels: [kernel] });
    expect(recordsSchema.parse(of(record)).kernels).toEqual([record]);
    expect(recordsSchema.parse(of(older)).kernels).toEqual([older]);
    // What is known of a kernel takes the place of what was known before it was.
    expect(mergeRecords([recordOf(DEBIAN)], [record]).kernels).toEqual([record]);
  });

  it('say nothing of when, how long, and how the host is called', () => {
    const text = JSON.stringify(recordOf(HOST));
    expect(text).not.toContain('seconds');
    expect(text).not.toContain('local1');
    const { token = '' } = recordOf(HOST).sides[0]?.witness ?? {};
    expect(decodeToken(token)).toMatchObject({ system: 'linux-6.18.44', trace: { ops: TRACE.ops } });
    // Kernels that somebody named by a path or a package are called as they call themselves.
    expect(recordOf({ ...HOST, name: 'arch/x86/boot/bzImage' }).release).toBe('6.18.44-local1');
  });

  it('of a kernel take the place of those before, and are sorted by version', () => {
    const before = mergeRecords([], [HOST, DEBIAN].map(recordOf)).kernels;
    const again = mergeRecords(before, [{ ...recordOf(HOST), madeBy: '9.9.9' }]).kernels;
    expect(again.map(({ release, madeBy }) => [release, madeBy === '9.9.9'])).toEqual([
      ['6.12.117+deb12-cloud-amd64', false],
      ['6.18.44', true],
    ]);
    const later = mergeRecords(again, [{ ...recordOf(HOST), release: '6.9.1' }]).kernels;
    expect(later.map(({ release }) => release)).toEqual(['6.9.1', '6.12.117+deb12-cloud-amd64', '6.18.44']);
  });
});

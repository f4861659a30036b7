// Frames, facts and recordings: what is read from the agent's bytes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OP, OP_NAMES } from '#model/alphabet/operations';
import { parseFacts, upstreamOf } from '#model/linux/facts';
import { encodeFrame, type Frame, FrameReader, intsOf } from '#model/linux/frames';
import { ALPHABET_HASH, alphabetHeader } from '#model/linux/header';
import { PROTOCOL } from '#model/linux/protocol';
import { recordingOf } from '#model/linux/recording';
import { pack } from './story.js';

const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

describe('frames', () => {
  it('come out as they went in, in whatever pieces', () => {
    const frame = fc.record({ type: int, id: int, ints: fc.array(int, { maxLength: 9 }) });
    fc.assert(
      fc.property(
        fc.array(frame, { maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (frames, cuts) => {
          const bytes = Buffer.concat(frames.map(({ type, id, ints }) => encodeFrame(type, id, ints)));
          const reader = new FrameReader();
          const read: Frame[] = [];
          for (let at = 0, i = 0; at < bytes.length; i += 1) {
            const length = cuts[i % cuts.length] ?? 1;
            read.push(...reader.push(bytes.subarray(at, at + length)));
            at += length;
          }
          expect(read.map(({ type, id, payload }) => ({ type, id, ints: [...intsOf(payload)] }))).toEqual(
            frames,
          );
        },
      ),
    );
  });

  it.each([
    ['another magic', [PROTOCOL.MAGIC + 1, 1, 0, 0]],
    ['a negative length', [PROTOCOL.MAGIC, 1, 0, -4]],
    ['a length beyond the limit', [PROTOCOL.MAGIC, 1, 0, PROTOCOL.MAX_PAYLOAD + 4]],
  ])('%s is no frame', (_, header) => {
    expect(() => [...new FrameReader().push(Buffer.from(new Int32Array(header).buffer))]).toThrow('frames');
  });
});

describe('facts', () => {
  const said = {
    release: '6.1.0-9-amd64',
    build: '#1 SMP Debian 6.1.192-2 (2026-08-01)',
    cpus: '4',
    paranoid: '-1',
    mlock_kb: '516',
    uid: '1000',
    privileged: '0',
    pku: '1',
    thp: '1',
    ksm: '0',
    direct: '1',
    gift: '516',
    aux: 'none',
  };
  const text = (facts: Readonly<Record<string, string>>): string =>
    Object.entries(facts)
      .map(([name, value]) => `${name}=${value}\n`)
      .join('');

  it('are read', () => {
    expect(parseFacts(text(said))).toEqual({
      release: '6.1.0-9-amd64',
      build: '#1 SMP Debian 6.1.192-2 (2026-08-01)',
      cpus: 4,
      paranoid: -1,
      mlockKb: 516,
      uid: 1000,
      privileged: false,
      pku: true,
      thp: true,
      ksm: false,
      direct: true,
      gift: 516,
      aux: 'none',
    });
  });

  it.each(Object.keys(said))('must hold %s', (name) => {
    expect(() => parseFacts(text({ ...said, [name]: '' }))).toThrow(name);
    expect(() =>
      parseFacts(text(Object.fromEntries(Object.entries(said).filter(([other]) => other !== name)))),
    ).toThrow(name);
  });

  it.each([
    ['6.1.0-56-cloud-amd64', '#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-08-01)', '6.1.192'],
    [
      '6.12.117+deb12-cloud-amd64',
      '#1 SMP PREEMPT_DYNAMIC Debian 6.12.117-1~bpo12+1 (2026-08-01)',
      undefined,
    ],
    ['6.12.117', '#1 SMP Debian 6.12.117-1', undefined],
    ['6.12.11', '#1 SMP Debian 6.12.117-1', '6.12.117'],
    ['6.18.44', '#1 SMP PREEMPT', undefined],
    ['7.0-amd64', '#1 SMP Debian 7.0-1 (2026-08-01)', undefined],
    ['10.20.0-5-amd64', '#1 SMP Debian 10.20.35-1', '10.20.35'],
    ['10.20.35', '#1 SMP Debian 10.20.35-1', undefined],
    ['10.20-amd64', '#1 SMP Debian 10.20-1', undefined],
    ['10.20.0-1-amd64', '#1 SMP Debian 10.20-1', '10.20'],
    ['of-6.1.192', '#1 SMP Debian 6.1.192-2', '6.1.192'],
  ])('tell of %s what it was made from', (release, build, upstream) => {
    expect(upstreamOf({ release, build })).toBe(upstream);
  });

  it('are lines with a name and a value, and no others', () => {
    const { release: _, ...others } = said;
    expect(() => parseFacts(`${text(others)}releases\n`)).toThrow('the agent does not say its release');
    expect(parseFacts(`hello\n${text(said)}\n`).release).toBe(said.release);
  });

  it('must be numbers where numbers are meant', () => {
    expect(() => parseFacts(text({ ...said, cpus: 'many' }))).toThrow('no number');
  });
});

describe('a recording', () => {
  const ops = pack([
    ['munlockall', 0],
    ['maps', 0],
    ['status', 0],
  ]);

  it('is the pieces one after the other', () => {
    const parts = [Int32Array.of(1, 2), new Int32Array(34).fill(7), Int32Array.of(3, 4, 5, 6)];
    const { obs, ...rest } = recordingOf(ops, parts, '');
    expect([...obs]).toEqual(parts.flatMap((part) => [...part]));
    expect(rest).toEqual({ steps: 3 });
  });

  it('counts whole observations only', () => {
    expect(recordingOf(ops, [], 'gone')).toEqual({ obs: new Int32Array(0), steps: 0, ended: 'gone' });
    expect(recordingOf(ops, [new Int32Array(2)], 'gone').steps).toBe(1);
    expect(recordingOf(ops, [new Int32Array(35)], 'gone').steps).toBe(1);
    expect(recordingOf(ops, [new Int32Array(36)], 'gone').steps).toBe(2);
  });

  it('has no more steps than its trace', () => {
    expect(recordingOf(ops.subarray(0, 8), [new Int32Array(4)], '').steps).toBe(1);
  });

  it('says what the kernel said only of a trace that ended early', () => {
    expect(recordingOf(ops, [], 'gone', ['BUG'])).toMatchObject({ ended: 'gone', alarm: ['BUG'] });
    expect(recordingOf(ops, [], '', ['BUG'])).toEqual({ obs: new Int32Array(0), steps: 0 });
  });
});

describe('the header', () => {
  it('defines each number once, and all kinds', () => {
    const names = [...alphabetHeader().matchAll(/^#define (A_\w+) /gm)].map(([, name]) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of OP_NAMES)
      expect(alphabetHeader()).toContain(`#define A_OP_${name.toUpperCase()} ${OP[name]}\n`);
    expect(alphabetHeader()).toContain(`#define A_HASH ${ALPHABET_HASH}\n`);
  });

  it('says where operands are and what they may be', () => {
    const header = alphabetHeader();
    expect(header).toContain('#define A_MMAP_AT_PGOFF 7\n');
    expect(header).toContain('#define A_STORED_MAX 63\n');
    expect(header).toContain('#define A_RECORD_BYTES -3\n');
    expect(header.match(/A_MIN\[.*\] = \{\{0, 0, -1, 0, 0, 0\}/)).not.toBeNull();
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { GuestConsole } from '#model/linux/guest/console';
import { sanitised } from '#model/linux/guest/console-lines';
import { ALARM_LINES, CLEAN_LINES } from './logs.js';

let calls: string[];
let console: GuestConsole;
const say = (...lines: readonly string[]): void =>
  console.push(Buffer.from(`${lines.join('\n')}\n`, 'latin1'));
const ready = (): void => say('[    2.5] mapahead: ready');

beforeEach(() => {
  calls = [];
  console = new GuestConsole({
    onReady: () => calls.push('ready'),
    onEndOfSequence: (id) => calls.push(`end ${id}`),
    onProgramSaid: (id, text, goesOn) => calls.push(`${id} said ${text}${goesOn ? ' ...' : ''}`),
    onEndOfProgram: (id, how) => calls.push(`${id} ended: ${how}`),
    onAlarm: () => calls.push('alarm'),
  });
});

describe('the console of a guest', () => {
  it('tells when the agent is there, and when a sequence has ended', () => {
    ready();
    say('mapahead: end 7', '[   12.000001] mapahead: end 8\r');
    expect(calls).toEqual(['ready', 'end 7', 'end 8']);
  });

  it('tells what programs said, in pieces where lines are long, and how they ended', () => {
    ready();
    say(
      'mapahead: program 0: one: two',
      'mapahead: program 12, on: a long li',
      'mapahead: program 12: ne',
      'mapahead: program 12:   ',
      'mapahead: end of program 12: killed by signal 6',
    );
    expect(calls).toEqual([
      'ready',
      '0 said one: two',
      '12 said a long li ...',
      '12 said ne',
      '12 said ',
      '12 ended: killed by signal 6',
    ]);
  });

  it('takes for the agent only what begins as it does', () => {
    ready();
    say('mapahead: end 7 or so', 'mapahead: not end 7', 'mapahead: the end of program 7: code 0');
    say('mapahead: ready or not', 'premapahead: end 7');
    expect(calls).toEqual(['ready']);
    expect(console.lastWords).toBe('ready or not');
  });

  it('may have a reader that wants to know of readiness and alarms only', () => {
    console = new GuestConsole({ onReady: () => calls.push('ready'), onAlarm: () => calls.push('alarm') });
    ready();
    say('mapahead: end 1', 'mapahead: program 1: x', 'mapahead: end of program 1: code 0', 'Oops: 0000');
    expect(calls).toEqual(['ready', 'alarm']);
  });

  it('puts lines together from whatever pieces they come in', () => {
    for (const letter of '\u001b[2Jmapahead: ready\r\nmapahead: end 12\r\n') {
      console.push(Buffer.from(letter));
    }
    expect(calls).toEqual(['ready', 'end 12']);
  });

  it.each(ALARM_LINES)('raises the alarm for %s: %s', (_, line) => {
    ready();
    say(...CLEAN_LINES, `[   10.123456] ${line}`);
    expect(calls).toEqual(['ready', 'alarm']);
    expect(console.alarm).toEqual([sanitised(line)]);
  });

  it('raises none for a clean log, nor for what a kernel complains of while it starts', () => {
    say(...ALARM_LINES.map(([, line]) => line), ...CLEAN_LINES);
    ready();
    say(...CLEAN_LINES, 'mapahead: end 1');
    expect(calls).toEqual(['ready', 'end 1']);
    expect(console.alarm).toEqual([]);
  });

  it('keeps the report, once, and says where the kernel was', () => {
    ready();
    say(
      '[   11.0] ------------[ cut here ]------------',
      '[   11.1] refcount_t: underflow; use-after-free.',
      '[   11.2] WARNING: CPU: 1 PID: 151 at lib/refcount.c:28 refcount_warn_saturate+0xba/0x110',
      '[   11.3] RIP: 0010:refcount_warn_saturate+0xba/0x110',
      '[   11.4] RSP: 0018:ffffc900001c7de8 EFLAGS: 00010286',
      '[   11.5] Kernel panic - not syncing: kernel: panic_on_warn set ...',
      ...Array.from({ length: 100 }, (_, i) => `more ${i}`),
    );
    expect(calls).toEqual(['ready', 'alarm']);
    expect(console.words).toBe('refcount_t: underflow; use-after-free. (in refcount_warn_saturate)');
    expect(console.alarm).toHaveLength(60);
    expect(console.alarm[1]).toBe(
      'WARNING: CPU: N PID: N at lib/refcount.c:28 refcount_warn_saturate+0xba/0x110',
    );
    expect(console.alarm[3]).toBe('RSP: 0018:ADDRESS EFLAGS: ADDRESS');
  });

  it('does not name a place twice, or where there is none', () => {
    ready();
    say('WARNING: CPU: 0 PID: 1 at kernel/events/core.c:1 perf_mmap+0x1/0x2', 'RIP: 0010:perf_mmap+0x1/0x2');
    expect(console.words).toBe('WARNING: CPU: N PID: N at kernel/events/core.c:1 perf_mmap+0x1/0x2');
  });

  it('remembers twenty lines of what came before, a panic among them', () => {
    const wordsAfter = (lines: number): string => {
      console = new GuestConsole({ onReady: () => undefined, onAlarm: () => undefined });
      say(
        'Kernel panic - not syncing: x',
        ...Array.from({ length: lines }, (_, i) => `more ${i}`),
        '',
        '\u0007',
      );
      return console.lastWords;
    };
    expect(wordsAfter(19)).toBe('Kernel panic - not syncing: x');
    expect(wordsAfter(20)).toBe('more 19');
  });

  it('has no words without an alarm, and no place where none is said', () => {
    ready();
    say('RIP: 0010:perf_mmap+0x1/0x2');
    expect(console.words).toBe('');
    say('WARNING: x');
    expect(console.words).toBe('WARNING: x');
  });

  it('has last words: those of the agent, those of a panic, or the last line', () => {
    expect(console.lastWords).toBe('nothing');
    say('Probing EDD... ok');
    expect(console.lastWords).toBe('Probing EDD... ok');
    say('Kernel panic - not syncing: No working init found.', 'CPU: 0 PID: 1 Comm: swapper');
    expect(console.lastWords).toBe('Kernel panic - not syncing: No working init found.');
    say('mapahead: cannot start: /dev/ttyS1: errno 6', 'reboot: Power down');
    expect(console.lastWords).toBe('/dev/ttyS1: errno 6');
    say('mapahead: it cannot start: so it says');
    expect(console.lastWords).toBe('it cannot start: so it says');
    say('mapahead: the agent was killed by signal 11');
    expect(console.lastWords).toBe('the agent was killed by signal 11');
  });
});

describe('a line of the log', () => {
  it.each([
    ['[    1.000000] [  T151] BUG: x', 'BUG: x'],
    ['<4>[    1.000000] BUG: x\r', 'BUG: x'],
    ['\u001b[31mBUG:\u001b[0m x\u0007\u0000y\u202e', 'BUG: x y'],
    [
      '[mapahead-agent0:151] at 0xffff888012345678 and ffffc90000a3f000',
      '[mapahead-agent0:N] at ADDRESS and ADDRESS',
    ],
    ['CPU#0 stuck for 67s', 'CPU# N stuck for 67s'],
    ['<12>BUG: x', 'BUG: x'],
    ['[1.000000]BUG: x', 'BUG: x'],
    ['[  T151] BUG: x', 'BUG: x'],
    ['[    1.000000] [T151]BUG: x', 'BUG: x'],
    ['mapahead-agent0 (165): attempted', 'mapahead-agent0 (N): attempted'],
    ['\u001bc[1A', 'c[1A'],
    ['x'.repeat(500), 'x'.repeat(160)],
  ])('%j is shown as %j', (line, shown) => {
    expect(sanitised(Buffer.from(line).toString('latin1'))).toBe(shown);
  });
});

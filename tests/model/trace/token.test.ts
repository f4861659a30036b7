import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { OP, OP_NAMES } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { fingerprint } from '#model/trace/fingerprint';
import { MAX_OPERATIONS } from '#model/trace/layout';
import { decodeToken, encodeToken, looksLikeToken, versionNote } from '#model/trace/token';
import { TraceError } from '#model/trace/trace-error';
import { VERSION } from '#model/trace/version';
import { trace } from './arbitraries.js';
import { bodyOf, forge, problem, SMALL } from './good-and-wrong.js';

describe('a token', () => {
  it('holds a trace, its environment and the id of its System', () => {
    fc.assert(
      fc.property(trace, fc.constantFrom('advance', 'v6.12', 'linux:6.18~x'), (made, system) => {
        expect(decodeToken(encodeToken(system, made))).toEqual({ version: VERSION, system, trace: made });
      }),
    );
  });

  it('stays what it was: tokens in bug reports must replay for ever', () => {
    const written = 'ma1:0.1.0:advance:IoQMBoIBAAEBAQMAhf-dAZGPMx1k8ig';
    expect(decodeToken(written)).toEqual({ version: '0.1.0', system: 'advance', trace: SMALL });
  });

  it('is short: less than 7 characters an operation on average', () => {
    fc.assert(
      fc.property(trace, (made) => {
        const length = encodeToken('advance', made).length - 'ma1:0.1.0:advance:'.length;
        expect(length).toBeLessThan(40 + 7 * (made.ops.length / OP_WIDTH));
      }),
    );
  });

  it('holds as many operations as a trace can', () => {
    const ops = new Int32Array(MAX_OPERATIONS * OP_WIDTH).fill(0);
    for (let at = 0; at < ops.length; at += OP_WIDTH) ops[at] = OP.exec;
    expect(decodeToken(encodeToken('advance', { ...SMALL, ops })).trace.ops).toEqual(ops);
  });

  it('may be wrapped by a terminal', () => {
    const token = encodeToken('advance', SMALL);
    expect(decodeToken(`  ${token.slice(0, 30)}\n${token.slice(30)}\r\n`).trace).toEqual(SMALL);
  });

  it('is told from a file name', () => {
    expect(looksLikeToken(encodeToken('advance', SMALL))).toBe(true);
    for (const text of ['ma9:whatever', ' ma1:', 'ma12:x']) expect(looksLikeToken(text)).toBe(true);
    for (const text of ['see ma1:x', 'xma1:x']) expect(looksLikeToken(text)).toBe(false);
    expect(looksLikeToken('ma1.json')).toBe(false);
    expect(looksLikeToken('./trace.json')).toBe(false);
  });
});

describe('a token that cannot be used', () => {
  const made = (): string => encodeToken('advance', SMALL);

  it('is told when any character of it is changed, missing or too many', () => {
    const token = made();
    expect(problem(`${token}A`)).toContain('damaged');
    for (let i = 'ma1:'.length; i < token.length; i++) {
      const changed = token[i] === 'x' ? 'y' : 'x';
      expect(problem(token.slice(0, i) + changed + token.slice(i + 1))).toMatch(
        /^token: (damaged|not a token)/,
      );
      expect(problem(token.slice(0, i))).toMatch(/^token: (damaged|not a token)/);
      expect(problem(`${token.slice(0, i)}A${token.slice(i)}`)).toMatch(/^token: (damaged|not a token)/);
    }
  });

  it('is told when it has bits that mean nothing', () => {
    for (const operations of [0, 1, 2, 3]) {
      const token = encodeToken('advance', { ...SMALL, ops: SMALL.ops.slice(0, operations * OP_WIDTH) });
      expect(problem(`${token}A`)).toContain('damaged');
      for (const last of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef0123456789-_')
        if (!token.endsWith(last)) expect(problem(token.slice(0, -1) + last)).toContain('damaged');
    }
    expect(problem(forge(Buffer.alloc(0)))).toContain('damaged');
  });

  it('of another version is read when the operations are the same', () => {
    const older = forge(bodyOf(made()), '0.0.9');
    expect(decodeToken(older)).toEqual({ version: '0.0.9', system: 'advance', trace: SMALL });
    expect(versionNote('0.0.9')).toContain('made by mapahead 0.0.9, this is');
    expect(versionNote(VERSION)).toBeUndefined();
  });

  it('of another version is refused, and says so, when the operations differ', () => {
    const foreign = bodyOf(made());
    foreign[0] = (foreign[0] ?? 0) ^ 1;
    expect(problem(forge(foreign, '9.9.9'))).toBe(
      `token: made by mapahead 9.9.9, whose operations differ from those of this ${VERSION}: replay it with that version`,
    );
    expect(problem(forge(foreign))).toBe('token: the operations in it are not those of this mapahead');
    expect(problem(made().replace('ma1', 'ma7'))).toBe(
      `token: format ma7 is not known to mapahead ${VERSION}: replay it with ${VERSION}`,
    );
  });

  it('is none with something before or after it, or of a format without a number', () => {
    const token = made();
    for (const text of [`x${token}`, `${token}!`, `${token}:x`, token.replace('ma1', 'ma')])
      expect(problem(text)).toContain('not a token');
    expect(problem(token.replace('ma1', 'ma12'))).toContain('format ma12 is not known');
  });

  it('is refused when sealed but not sound', () => {
    const body = bodyOf(made());
    const environment = 10;
    expect(problem(forge(Buffer.concat([body, Buffer.of(0)])))).toContain('goes on after its last');
    expect(problem(forge(body.subarray(0, -1)))).toContain('ends too early');
    expect(problem(forge(Buffer.of(0, 0, ...new Array(8).fill(0xff), 0x7f)))).toContain('too large');
    expect(problem(forge(Buffer.of(0, 0, 0xff, 0xff, 0xff, 0xff, 0x7f)))).toContain('environment');
    const many = [...body.subarray(0, environment), 0xff, 0xff, 0x7f];
    expect(problem(forge(Buffer.from(many)))).toContain(`more than ${MAX_OPERATIONS}`);
    const beyond = Buffer.concat([body.subarray(0, -1), Buffer.of((body.at(-1) ?? 0) | 0x80, 0x7f)]);
    expect(problem(forge(beyond))).toContain('an operand in it is out of bounds');
  });

  it('is refused when it names an operation that there is not', () => {
    const kind = OP_NAMES.length;
    const print = fingerprint([kind]);
    const environment = [...bodyOf(encodeToken('advance', SMALL)).subarray(2, 10)];
    expect(problem(forge(Buffer.of(print, print >> 8, ...environment, 1, kind)))).toBe(
      `token: there is no operation number ${kind}`,
    );
  });

  it('is not made', () => {
    const env = { ...DEFAULT_ENV, gift: -1 };
    expect(() => encodeToken('advance', { ...SMALL, env })).toThrow(
      new TraceError('-1 is not in 0..2147483647', '/env/gift'),
    );
    expect(() => encodeToken('advance', { ...SMALL, env: { ...DEFAULT_ENV, paranoid: 128 } })).toThrow(
      new TraceError('128 is not in -128..127', '/env/paranoid'),
    );
    expect(() => encodeToken('advance', { ...SMALL, ops: Int32Array.of(OP_NAMES.length) })).toThrow(
      TraceError,
    );
    for (const id of ['', 'a b', '\u001b[2J', 'x'.repeat(65)]) {
      expect(() => encodeToken(id, SMALL)).toThrow(
        new TraceError('the id of a system has 1 to 64 printable ASCII characters and no space'),
      );
    }
  });
});

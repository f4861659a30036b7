import { crc32 } from 'node:zlib';
import { OP_WIDTH } from '../alphabet/bounds.js';
import type { Env } from '../alphabet/system.js';
import type { Trace } from '../alphabet/trace.js';
import { ByteReader, ByteWriter } from './bytes.js';
import { ENV_FIELDS } from './env-fields.js';
import { fingerprint } from './fingerprint.js';
import { checkOperation, countOperations, FIELDS, MAX_OPERATIONS, radix } from './layout.js';
import { TraceError } from './trace-error.js';
import { VERSION } from './version.js';

/**
 * A replay token is `ma1:VERSION:SYSTEM:PAYLOAD`, in characters that a shell leaves alone. The payload is base64url of:
 * fingerprint (2 bytes), environment (a varint each value), number of operations (varint), operations (a varint
 * each), CRC-32 of all before it (4 bytes). An operation is one number: its kind in the low 7 bits, then its
 * operands as digits, each in the radix of its domain.
 */
export interface Token {
  /** Version of mapahead that made it. */
  readonly version: string;
  /** Id of the System that it is about. */
  readonly system: string;
  readonly trace: Trace;
}

const FORMAT = 'ma1';
const SOURCE = 'token';
const KINDS = 0x80;
const CRC_BYTES = 4;
/** Characters of the longest token: far above that of a trace with the most operations. */
const MAX_LENGTH = 1 << 18;
const SHAPE = /^(ma\d+):([\w.+-]{1,64}):([\w.+%-]{1,256}):([\w-]+)$/;

/** Does this look like a token, damaged or not, rather than like a file name? */
export function looksLikeToken(text: string): boolean {
  return /^\s*ma\d+:/.test(text);
}

function encodeSystem(system: string): string {
  if (!/^[\x21-\x7e]{1,64}$/.test(system)) {
    throw new TraceError('the id of a system has 1 to 64 printable ASCII characters and no space');
  }
  return system.replace(/[^\w.+-]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
}

const decodeSystem = (text: string): string =>
  text.replace(/%([2-7][0-9a-f])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

function writeEnv(out: ByteWriter, env: Env): void {
  for (const { name, min, max } of ENV_FIELDS) {
    const value = Number(env[name]);
    if (!(Number.isInteger(value) && value >= min && value <= max)) {
      throw new TraceError(`${value} is not in ${min}..${max}`, `/env/${name}`);
    }
    out.varint(value - min);
  }
}

function readEnv(from: ByteReader): Env {
  const values = ENV_FIELDS.map(({ name, bool, min, max }) => {
    const value = from.varint() + min;
    if (value > max) throw new TraceError('the environment in it is out of bounds');
    return [name, bool ? value === 1 : value];
  });
  return Object.fromEntries(values) as unknown as Env;
}

function packOperation(ops: Int32Array, at: number): number {
  let number = 0;
  for (const { domain, slot } of checkOperation(ops, at).toReversed()) {
    number = number * radix(domain) + (ops[at + slot] - domain.min);
  }
  return number * KINDS + ops[at];
}

function unpackOperation(number: number, ops: Int32Array, at: number): void {
  const kind = number % KINDS;
  const fields = FIELDS[kind];
  if (fields === undefined) throw new TraceError(`there is no operation number ${kind}`);
  ops[at] = kind;
  let digits = Math.floor(number / KINDS);
  for (const { domain, slot } of fields) {
    ops[at + slot] = (digits % radix(domain)) + domain.min;
    digits = Math.floor(digits / radix(domain));
  }
  if (digits !== 0) throw new TraceError('an operand in it is out of bounds');
}

const checksum = (head: string, body: Uint8Array): number => crc32(body, crc32(head));

/**
 * The token that replays this trace on this System, on any machine.
 * @throws TraceError when an operation or the environment is out of its bounds
 */
export function encodeToken(system: string, trace: Trace): string {
  const count = countOperations(trace.ops);
  const kinds = Array.from({ length: count }, (_, i) => trace.ops[i * OP_WIDTH]);
  const head = `${FORMAT}:${VERSION}:${encodeSystem(system)}:`;
  const out = new ByteWriter();
  const print = fingerprint(kinds);
  out.byte(print);
  out.byte(print >> 8);
  writeEnv(out, trace.env);
  out.varint(count);
  for (let i = 0; i < count; i++) out.varint(packOperation(trace.ops, i * OP_WIDTH));
  const body = out.done();
  const crc = Buffer.alloc(CRC_BYTES);
  crc.writeUInt32LE(checksum(head, body));
  return head + Buffer.concat([body, crc]).toString('base64url');
}

/** The payload without its checksum. */
function verified(head: string, payload: string): Uint8Array {
  const bytes = Buffer.from(payload, 'base64url');
  const body = bytes.subarray(0, -CRC_BYTES);
  // The decoder passes over a character too many at the end.
  const whole = bytes.length > CRC_BYTES && bytes.toString('base64url') === payload;
  if (!whole || bytes.readUInt32LE(body.length) !== checksum(head, body)) {
    throw new TraceError('damaged, its checksum does not fit: copy the whole of it again');
  }
  return body;
}

function readTrace(body: Uint8Array): Trace {
  const from = new ByteReader(body);
  const print = from.byte() | (from.byte() << 8);
  const env = readEnv(from);
  const count = from.varint();
  if (count > MAX_OPERATIONS) throw new TraceError(`more than ${MAX_OPERATIONS} operations`);
  const numbers = Array.from({ length: count }, () => from.varint());
  if (from.rest > 0) throw new TraceError('it goes on after its last operation');
  if (fingerprint(numbers.map((number) => number % KINDS)) !== print) {
    throw new TraceError('the operations in it are not those of this mapahead');
  }
  const ops = new Int32Array(count * OP_WIDTH);
  numbers.forEach((number, i) => {
    unpackOperation(number, ops, i * OP_WIDTH);
  });
  return { env, ops };
}

/** What to say of a sound payload that this version cannot read: `problem`, or whose token it is. */
function unreadable(problem: string, version: string): TraceError {
  if (version === VERSION) return new TraceError(problem);
  return new TraceError(
    `made by mapahead ${version}, whose operations differ from those of this ${VERSION}: replay it with that version`,
  );
}

function readVerified(body: Uint8Array, version: string): Trace {
  try {
    return readTrace(body);
  } catch (error) {
    throw error instanceof TraceError ? unreadable(error.problem, version) : error;
  }
}

/**
 * Read a token. White space in it is passed over: a terminal may have wrapped it.
 * @throws TraceError one line: not a token, damaged, or of a version that means something else by it
 */
export function decodeToken(text: string): Token {
  const match = text.length > MAX_LENGTH ? null : SHAPE.exec(text.replace(/\s/g, ''));
  if (match === null) {
    throw new TraceError(`not a token: it reads ${FORMAT}:VERSION:SYSTEM:PAYLOAD`, '', SOURCE);
  }
  const [, format, version, system, payload] = match;
  if (format !== FORMAT) {
    throw new TraceError(
      `format ${format} is not known to mapahead ${VERSION}: replay it with ${version}`,
      '',
      SOURCE,
    );
  }
  try {
    const trace = readVerified(verified(`${FORMAT}:${version}:${system}:`, payload), version);
    return { version, system: decodeSystem(system), trace };
  } catch (error) {
    throw error instanceof TraceError ? error.from(SOURCE) : error;
  }
}

/** One line when a token or file was made by another version of mapahead than this. */
export function versionNote(madeBy: string): string | undefined {
  if (madeBy === VERSION) return undefined;
  return `made by mapahead ${madeBy}, this is ${VERSION}: the operations are the same, the models may have changed`;
}

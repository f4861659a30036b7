import { crc32 } from 'node:zlib';
import { ANY, SEGV_ACCERR } from '#model/alphabet/observations';
import { OP } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import type { Trace } from '#model/alphabet/trace';
import { decodeToken } from '#model/trace/token';
import { TraceError } from '#model/trace/trace-error';
import { parseTraceFile, type TraceDocument } from '#model/trace/trace-file';
import { VERSION } from '#model/trace/version';

export const SMALL: Trace = {
  env: DEFAULT_ENV,
  ops: Int32Array.of(
    ...[OP.open, 0, 0, 0, -1, 0, 0, 0],
    ...[OP.mmap, 0, 0, 4, 3, 3, 0, 0],
    ...[OP.store, 0, 5, 0, 17, 0, 0, 0],
  ),
};

/** What decoding this says is wrong; fails on any other error. */
export function problem(text: string): string {
  try {
    decodeToken(text);
  } catch (error) {
    if (error instanceof TraceError) return error.message;
    throw error;
  }
  return 'no problem';
}

/** A token with this payload and the right checksum. */
export function forge(body: Uint8Array | Buffer, version = VERSION): string {
  const head = `ma1:${version}:advance:`;
  const crc = Buffer.alloc(4);
  crc.writeUInt32LE(crc32(body, crc32(head)));
  return head + Buffer.concat([body, crc]).toString('base64url');
}

export function bodyOf(token: string): Buffer {
  return Buffer.from(token.split(':')[3] ?? '', 'base64url').subarray(0, -4);
}

export const DOCUMENT: TraceDocument = {
  system: 'v6.12',
  note: 'a store behind the control page',
  trace: {
    env: DEFAULT_ENV,
    ops: Int32Array.of(
      ...[OP.mmap, 0, 0, 4, 3, 3, 0, 0],
      ...[OP.store, 0, 5, 0, 17, 0, 0, 0],
      ...[OP.status, 0, 0, 0, 0, 0, 0, 0],
    ),
  },
  recording: {
    system: 'linux-6.18.44',
    steps: 3,
    obs: Int32Array.of(-12, 0, SEGV_ACCERR, 0, 0, 0, 3, ANY),
    ended: 'timeout',
  },
};

export const TEXT = `{
  "format": "mapahead-trace",
  "version": 1,
  "madeBy": "${VERSION}",
  "system": "v6.12",
  "note": "a store behind the control page",
  "env": {"gift":12,"rlimit":6,"paranoid":2,"pku":false,"thp":true,"ksm":true,"aux":true},
  "operations": [
    {"op":"mmap","proc":0,"fd":0,"page":4,"npages":3,"prot":["read","write"],"flags":[],"pgoff":0},
    {"op":"store","proc":0,"page":5,"word":"scratch","value":17},
    {"op":"status","proc":0}
  ],
  "recording": {
    "system": "linux-6.18.44",
    "ended": "timeout",
    "observations": [
      {"status":"ENOMEM"},
      {"status":"SIGSEGV/SEGV_ACCERR"},
      {"status":"ok","view":[3,"any"]}
    ]
  }
}
`;

/** What reading this as the file a.json says is wrong; fails on any other error. */
export function messageOf(text: string): string {
  try {
    parseTraceFile(text, 'a.json');
  } catch (error) {
    if (error instanceof TraceError) return error.message;
    throw error;
  }
  return 'no problem';
}

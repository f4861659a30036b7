#!/usr/bin/env node
// Stands in for QEMU: a guest that speaks the protocol, and does at a program that begins with the operation `gift` what the
// kernel parameter `fake=` says. It takes the same descriptors: 3 is the channel, 4 the console.
import { Socket } from 'node:net';

const DIST = new URL('../../../../dist/model/', import.meta.url);
const { encodeFrame, FrameReader, intsOf } = await import(new URL('linux/frames.js', DIST));
const { PROTOCOL } = await import(new URL('linux/protocol.js', DIST));
const { packed, Unpacker } = await import(new URL('linux/guest/packing.js', DIST));
const { OP } = await import(new URL('alphabet/operations.js', DIST));

const parameters = process.argv[process.argv.indexOf('-append') + 1] ?? '';
const [, behaviour = 'clean', text = ''] = /\bfake=([a-z-]+)(?::(\S*))?/.exec(parameters) ?? [];
const words = decodeURIComponent(text);
const channel = new Socket({ fd: 3 });
const console = new Socket({ fd: 4 });
const written = (stream, bytes) => new Promise((resolve) => stream.write(bytes, resolve));
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const never = () => new Promise(() => setInterval(() => undefined, 1000));
const say = (line) => written(console, `[    1.000000] ${line}\r\n`);
const send = (type, id, ...ints) => written(channel, packed(encodeFrame(type, id, ...ints)));
const textInts = (said) => intsOf(Buffer.from(said.padEnd(Math.ceil(said.length / 4) * 4)));
const FACTS = [
  ...[
    'release=6.1.0-fake',
    'build=#1 SMP',
    'cpus=2',
    'paranoid=2',
    'mlock_kb=516',
    'uid=0',
    'privileged=1',
    'pku=0',
    'thp=1',
  ],
  ...['ksm=1', 'direct=0', 'gift=258', 'aux=none', ''],
].join('\n');

function observe(id, [gift, rlimit, , nops], ops) {
  // What tries an agent out has the user's headroom answered.
  if (nops === 2 && ops[0] === OP.exec) return [0, 0, 0, gift + rlimit];
  return Array.from({ length: nops }, () => [0, id]).flat();
}

async function answer(id, obs) {
  await send(PROTOCOL.OBS, id, obs);
  await send(PROTOCOL.DONE, id, [obs.length / 2]);
}

async function panic() {
  await say('Kernel panic - not syncing: kernel: panic_on_warn set ...');
  await rest(50);
  process.exit(0);
}

const MISBEHAVIOURS = {
  // The kernel stops where it is wrong.
  async panic(id, obs) {
    await send(PROTOCOL.OBS, id, obs.slice(0, 2));
    await say('------------[ cut here ]------------');
    await say(words);
    await say('RIP: 0010:perf_mmap_close+0x1/0x2');
    await panic();
  },
  // It complains, and goes on; the answer is there before the complaint is.
  async complain(id, obs) {
    await answer(id, obs);
    await rest(50);
    await say(words);
    await say(`mapahead: end ${id}`);
  },
  // It complains when all has been answered.
  async late(id, obs) {
    await say(`mapahead: end ${id}`);
    await answer(id, obs);
    await rest(200);
    await say(words);
  },
  hang: never,
  die: () => process.exit(3),
  async noise() {
    await written(channel, Buffer.alloc(2000, 'noise'));
    await never();
  },
  async stuck(id, obs) {
    await send(PROTOCOL.OBS, id, obs);
    await send(PROTOCOL.STUCK, id, textInts('operation 1 (exit) did not end within 5 ms; cannot be killed'));
    await never();
  },
};

async function run(id, payload) {
  const ints = intsOf(payload);
  const ops = ints.subarray(PROTOCOL.RUN_INTS);
  const obs = observe(id, ints, ops);
  const misbehave = ops[0] === OP.gift ? MISBEHAVIOURS[behaviour] : undefined;
  if (misbehave !== undefined) return misbehave(id, obs);
  await answer(id, obs);
  // A slow console: the answer waits for it.
  if (behaviour === 'slow-console') await rest(200);
  await say(`mapahead: end ${id}`);
}

const BOOTS = {
  'boot-silence': never,
  async 'boot-panic'() {
    await say('Kernel panic - not syncing: VFS: Unable to mount root fs');
    process.exit(0);
  },
  async 'boot-refused'() {
    await say('mapahead: cannot start: /dev/ttyS1: errno 6');
    process.exit(0);
  },
  'boot-complaint'() {
    process.stderr.write('qemu: could not load kernel\n', () => process.exit(1));
  },
};

const greet = () =>
  behaviour === 'boot-broken'
    ? send(PROTOCOL.BROKEN, 0, textInts('perf_event_open is denied (errno 38)'))
    : send(PROTOCOL.FACTS, 0, textInts(FACTS));

// One frame after the other, as the agent takes them.
let turn = Promise.resolve();
const reader = new FrameReader(4);
const unpacker = new Unpacker();
channel.on('data', (piece) => {
  for (const { type, id, payload } of reader.push(unpacker.push(piece))) {
    turn = turn.then(() => (type === PROTOCOL.HELLO ? greet() : run(id, payload)));
  }
});
console.resume();
await say("WARNING: CPU: 0 PID: 0 at arch/x86: what it says while it starts is nobody's doing");
await (BOOTS[behaviour] ?? (() => say('mapahead: ready')))();

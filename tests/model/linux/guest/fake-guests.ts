// Guests that are shell scripts: the emulator writes what the kernel and the agent would, 3 is the channel, 4 the console.
import { encodeFrame } from '#model/linux/frames';
import { packed } from '#model/linux/guest/packing';
import { ALPHABET_HASH } from '#model/linux/header';
import { PROTOCOL } from '#model/linux/protocol';
import { greeting, type Stage, TRIED_OUT } from '../fake-programs.js';

const words = [PROTOCOL.VERSION, ALPHABET_HASH, 5_000, 60_000];
/** The host's greeting with the default limits, as it goes over the channel. */
export const HELLO = packed(encodeFrame(PROTOCOL.HELLO, 0, words));

/** Bytes of the first lines of a program's file in which nothing is read as a need of a loader. */
const ELF_BYTES = 0x40;
/** Where the number of program headers stands. */
const COUNT_AT = 0x38;

/** A program that the archive of a guest takes for a static one; it can be executed where it is a script. */
export function staticProgram(stage: Stage, name: string, body = ''): string {
  const text = Buffer.from(`#!/bin/sh\n#${' '.repeat(ELF_BYTES)}\nstage=${stage.folder}\n${body}\n`);
  text.fill(0, COUNT_AT, COUNT_AT + 2);
  return stage.write(name, text);
}

/** What starts emulators: it notes what it was given. */
export const LAUNCHER = 'echo "$@" >> $stage/launched; shift 2; exec "$@"';

/** Lines on the console. */
export const says = (...lines: string[]): string =>
  lines.map((line) => `echo ${JSON.stringify(line)} >&4`).join('\n');

/** An emulator whose agent is there, and is greeted. */
export function greets(stage: Stage, frame = greeting()): string {
  stage.write('facts', packed(frame));
  return `${says('mapahead: ready')}
    head -c ${HELLO.length} <&3 > $stage/hello
    cat $stage/facts >&3`;
}

/** And passes the trial. */
export function works(stage: Stage, frame = greeting()): string {
  stage.write('tried', packed(TRIED_OUT));
  return `${greets(stage, frame)}
    head -c 1 <&3 > /dev/null
    echo tried >> $stage/trials
    cat $stage/tried >&3
    ${says('mapahead: end 1')}`;
}

/** It goes on until it is killed. */
export const LIVES = 'exec sleep 60';

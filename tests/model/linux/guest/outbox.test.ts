import { beforeEach, describe, expect, it } from 'vitest';
import { Outbox } from '#model/linux/guest/outbox';
import { PROTOCOL } from '#model/linux/protocol';

const KB = 1024;
/** Less than what the kernel's terminal layer keeps while nobody reads. */
const ROOM = 64 * KB;

let written: number[];
let outbox: Outbox;
beforeEach(() => {
  written = [];
  outbox = new Outbox((bytes) => written.push(bytes.length));
});

const send = (...sizes: readonly number[]): void => {
  for (const size of sizes) outbox.send(Buffer.alloc(size));
};
const answer = (type: number = PROTOCOL.DONE): void =>
  outbox.answered({ type, id: 1, payload: Buffer.alloc(0) });

describe('what is sent to a guest', () => {
  it('is written at once as long as the guest has room for all of it', () => {
    send(60 * KB, 4 * KB, 1);
    expect(written).toEqual([60 * KB, 4 * KB]);
  });

  it('goes on with each answer, in its order', () => {
    send(60 * KB, 8 * KB, 3, 60 * KB, 2);
    expect(written).toEqual([60 * KB]);
    answer();
    expect(written).toEqual([60 * KB, 8 * KB, 3]);
    answer();
    // Something small behind something large waits, too.
    expect(written).toEqual([60 * KB, 8 * KB, 3, 60 * KB, 2]);
  });

  it('is written alone when it is larger than the room that there is', () => {
    send(1, 2 * ROOM, 1);
    expect(written).toEqual([1]);
    answer();
    expect(written).toEqual([1, 2 * ROOM]);
    answer();
    expect(written).toEqual([1, 2 * ROOM, 1]);
  });

  it('is not answered by observations: more of them may come', () => {
    send(60 * KB, 60 * KB);
    answer(PROTOCOL.OBS);
    expect(written).toEqual([60 * KB]);
    answer(PROTOCOL.REFUSED);
    expect(written).toEqual([60 * KB, 60 * KB]);
  });

  it('is not kept back by what a guest says unasked', () => {
    answer();
    send(ROOM, 1);
    expect(written).toEqual([ROOM]);
    answer();
    expect(written).toEqual([ROOM, 1]);
  });
});

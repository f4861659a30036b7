// Where frames begin and end in a stream.
import { describe, expect, it } from 'vitest';
import { encodeFrame, FrameReader, intsOf } from '#model/linux/frames';
import { PROTOCOL } from '#model/linux/protocol';

/** A frame whose payload is bytes, not ints. */
function frame(id: number, payload: Buffer): Buffer {
  const header = Buffer.from(Int32Array.of(PROTOCOL.MAGIC, PROTOCOL.DONE, id, payload.length).buffer);
  return Buffer.concat([header, payload]);
}

const NONE = Buffer.from('these bytes are no frame at all');

describe('a frame', () => {
  it('may have an empty payload, and is there with the last byte of its header', () => {
    const reader = new FrameReader();
    const bytes = encodeFrame(PROTOCOL.FACTS, 7);
    expect([...reader.push(bytes.subarray(0, -1))]).toEqual([]);
    expect([...reader.push(bytes.subarray(-1))]).toEqual([
      { type: PROTOCOL.FACTS, id: 7, payload: Buffer.alloc(0) },
    ]);
  });

  it('may have the greatest payload', () => {
    const payload = Buffer.alloc(PROTOCOL.MAX_PAYLOAD, 1);
    const read = [...new FrameReader().push(frame(1, payload))];
    expect(read.map((each) => each.payload.equals(payload))).toEqual([true]);
  });

  it('before something that is none is still one', () => {
    const reading = new FrameReader().push(Buffer.concat([frame(3, Buffer.from('yes')), NONE]));
    expect(reading.next().value).toMatchObject({ id: 3, payload: Buffer.from('yes') });
    expect(() => reading.next()).toThrow('the agent does not speak in frames');
  });

  it('is filled up where the stream has whole words only', () => {
    const texts = ['', 'a', 'four', 'and 5'];
    const filled = texts.map((text, id) => {
      const bytes = frame(id, Buffer.from(text));
      return Buffer.concat([bytes], Math.ceil(bytes.length / 4) * 4);
    });
    const reader = new FrameReader(4);
    const read = [...reader.push(Buffer.concat(filled))];
    expect(read.map(({ id, payload }) => [id, String(payload)])).toEqual([...texts.entries()]);
    // What fills it belongs to it.
    expect([...reader.push(filled[1].subarray(0, -1))]).toEqual([]);
    expect([...reader.push(filled[1].subarray(-1))]).toHaveLength(1);
  });

  it('has a payload of ints, wherever it lies in memory', () => {
    const bytes = Buffer.concat([
      Buffer.from('x'),
      Buffer.from(Int32Array.of(5, -6).buffer),
      Buffer.from('yz'),
    ]);
    expect([...intsOf(bytes.subarray(1))]).toEqual([5, -6]);
  });
});

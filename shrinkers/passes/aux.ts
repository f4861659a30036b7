import { FDS, OP_WIDTH } from '../../model/alphabet/bounds.js';
import { OPEN_AUX, PROT_READ, WORD_AUX_OFFSET, WORD_AUX_SIZE } from '../../model/alphabet/operands.js';
import { OP } from '../../model/alphabet/operations.js';
import type { Trace } from '../../model/alphabet/trace.js';
import { placesOf, rewritten, without } from '../edit.js';
import { FD_SLOTS } from '../fields.js';

/** A mapping of a part of the file behind its start: an AUX area. */
const isAuxMapping = (ops: Int32Array, at: number): boolean =>
  ops[at] === OP.mmap && ops[at + 2] >= 0 && ops[at + 7] > 0;

const isAuxStore = (ops: Int32Array, at: number): boolean =>
  ops[at] === OP.store && [WORD_AUX_OFFSET, WORD_AUX_SIZE].includes(ops[at + 3]);

/** Sizes of the data part (of all buffers, or of those of one page) in place of a control page and an AUX area. */
const DATA_SIZES = [2, 3, 5];

/** What an AUX area is for can often be had without: the buffer gets data pages instead, or another event a buffer. */
export function* withoutAux(trace: Trace): Iterable<Trace> {
  const { ops } = trace;
  if (!placesOf(ops, OP.mmap).some((at) => isAuxMapping(ops, at))) return;
  const plain = rewritten(
    without(trace, (step) => isAuxStore(ops, step * OP_WIDTH)),
    (copy, at) => {
      if (copy[at] === OP.open) copy[at + 3] &= ~OPEN_AUX;
    },
  );
  const dataOnly = without(plain, (step) => isAuxMapping(plain.ops, step * OP_WIDTH));
  for (const size of DATA_SIZES)
    for (const least of [0, 1])
      for (const readOnly of [false, true])
        yield rewritten(dataOnly, (copy, at) => {
          if (copy[at] !== OP.mmap || copy[at + 2] < 0) return;
          if (least === 0 || copy[at + 4] === least) copy[at + 4] = size;
          if (readOnly) copy[at + 5] = PROT_READ;
        });
  const fd = freeFd(plain);
  const [opened] = placesOf(plain.ops, OP.open);
  if (fd < FDS && opened !== undefined) yield withAnotherEvent(plain, fd, opened);
}

function freeFd(trace: Trace): number {
  let fd = 0;
  for (let at = 0; at < trace.ops.length; at += OP_WIDTH)
    for (const slot of FD_SLOTS[trace.ops[at]]) fd = Math.max(fd, trace.ops[at + slot] + 1);
  return fd;
}

/** The AUX mappings as mappings of an event of their own, opened right after the first one, by the same process. */
function withAnotherEvent(trace: Trace, fd: number, opened: number): Trace {
  const { env, ops } = rewritten(trace, (copy, at) => {
    if (!isAuxMapping(copy, at)) return;
    copy[at + 2] = fd;
    copy[at + 4] = 1;
    copy[at + 7] = 0;
  });
  const event = [OP.open, ops[opened + 1], fd, 0, -1, 0, 0, 0];
  const behind = opened + OP_WIDTH;
  return { env, ops: Int32Array.of(...ops.subarray(0, behind), ...event, ...ops.subarray(behind)) };
}

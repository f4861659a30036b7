import { type Invariant, violated } from './invariant.js';

const LEFT = [
  'event',
  'buffer',
  'page',
  'reference count of free page',
  'map count of free page',
  'perf_mlock of user',
  'pinned_vm of dead process',
];

/** Asked once, when every process of the sequence has exited. */
export const nothing_left: Invariant = {
  id: 'nothing-left',
  text: 'When every process is gone, no event, buffer, page, count or charge is left.',
  check(c) {
    const { event, rb, page, user, task } = c.w;
    c.looked++;
    const left = [
      event.used,
      rb.used,
      page.state,
      page.refcount,
      page.mapcount,
      user.perf_mlock,
      task.pinned_vm,
    ];
    for (let i = 0; i < left.length; i++) {
      for (let row = 0; row < left[i].length; row++) {
        if (left[i][row] === 0) continue;
        c.address = i;
        return violated(c, row, left[i][row], 0);
      }
    }
    return true;
  },
  describe: (c) =>
    c.address < 3
      ? `${LEFT[c.address]} ${c.subject} is left`
      : `${LEFT[c.address]} ${c.subject} is ${c.found}`,
};

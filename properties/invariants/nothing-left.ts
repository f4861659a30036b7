import { type Invariant, violated } from './invariant.js';

/** Asked once, when every process of the sequence has exited. */
export const nothing_left: Invariant = {
  id: 'nothing-left',
  text: 'When every process is gone, no event, buffer, page or charge is left.',
  check(c) {
    const { w } = c;
    c.looked++;
    const left = [w.event.used, w.rb.used, w.page.state, w.user.perf_mlock];
    for (let i = 0; i < left.length; i++) {
      const row = left[i].findIndex((value) => value !== 0);
      if (row < 0) continue;
      c.address = i;
      return violated(c, row, left[i][row], 0);
    }
    return true;
  },
  describe: (c) =>
    `${['event', 'buffer', 'page', 'perf_mlock of user'][c.address]} ${c.subject} is left${c.address === 3 ? ` at ${c.found} pages` : ''}`,
};

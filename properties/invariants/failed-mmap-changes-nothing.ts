import { type Invariant, violated } from './invariant.js';

export const failed_mmap_changes_nothing: Invariant = {
  id: 'failed-mmap-changes-nothing',
  text: 'An mmap that fails leaves every count, charge, buffer and page as it was.',
  check(c) {
    if (!c.before.known || c.obs[0] >= 0) return true;
    c.looked++;
    const { columns } = c.before;
    for (let i = 0; i < columns.length; i++) {
      const { now, was, used } = columns[i];
      for (let row = 0; row < now.length; row++) {
        if (now[row] === was[row] || used[row] === 0) continue;
        c.address = i;
        return violated(c, row, now[row], was[row]);
      }
    }
    return true;
  },
  describe: (c) =>
    `${c.before.columns[c.address].name} ${c.subject} is ${c.found}, was ${c.expected} before the mmap that failed`,
};

import { describe, it } from 'vitest';
import { flavourOf } from '#model/spec/index';
import { follow } from './story.js';

describe('madvise with what the kernel was built without', () => {
  it('is EINVAL, even for nothing', () => {
    follow(
      `
      madvise page=0 npages=0 advice=MERGEABLE => EINVAL
      madvise page=0 npages=0 advice=UNMERGEABLE => EINVAL
      madvise page=0 npages=0 advice=HUGEPAGE => EINVAL
      madvise page=0 npages=0 advice=NOHUGEPAGE => EINVAL
      madvise page=0 npages=0 advice=COLLAPSE => EINVAL
      madvise page=0 npages=0 advice=HWPOISON => EINVAL
      madvise page=0 npages=0 advice=GUARD_INSTALL => ok`,
      { ksm: false, thp: false },
    );
  });

  it('is EINVAL for merging without KSM, and for huge pages without THP', () => {
    const story = (merging: string, huge: string): string => `
      madvise page=0 npages=0 advice=MERGEABLE => ${merging}
      madvise page=0 npages=0 advice=UNMERGEABLE => ${merging}
      madvise page=0 npages=0 advice=HUGEPAGE => ${huge}
      madvise page=0 npages=0 advice=NOHUGEPAGE => ${huge}
      madvise page=0 npages=0 advice=COLLAPSE => ${huge}`;
    follow(story('ok', 'EINVAL'), { ksm: true, thp: false });
    follow(story('EINVAL', 'ok'), { ksm: false, thp: true });
  });

  it('poisons memory for the administrator only', () => {
    follow(
      `
      madvise page=0 npages=1 advice=HWPOISON => EPERM
      madvise page=0 npages=1 advice=SOFT_OFFLINE => EPERM
      madvise page=0 npages=0 advice=SOFT_OFFLINE => ok`,
      { flavour: flavourOf(['memory-failure']) },
    );
  });
});

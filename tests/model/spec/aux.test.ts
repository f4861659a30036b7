import { describe, expect, it } from 'vitest';
import { follow, rule } from './story.js';

const AUX = { aux: true };
const BUFFER = `
  open fd=0 flags=aux => ok
  open fd=1 => ok
  mmap fd=0 page=0 npages=3 prot=read+write => ok`;
const PLACED = `${BUFFER}
  store page=0 word=aux_offset value=4 => ok
  store page=0 word=aux_size value=2 => ok`;

describe('mmap of an AUX area', () => {
  it('needs a buffer, and a place and size that the control page names', () => {
    follow(
      `${BUFFER}
      mmap fd=1 page=8 npages=2 prot=read pgoff=4 => EINVAL
      mmap fd=0 page=8 npages=2 prot=read pgoff=4 => EINVAL
      store page=0 word=aux_offset value=2 => ok
      store page=0 word=aux_size value=2 => ok
      mmap fd=0 page=8 npages=2 prot=read pgoff=2 => EINVAL
      store page=0 word=aux_offset value=4 => ok
      mmap fd=0 page=8 npages=2 prot=read pgoff=3 => EINVAL
      mmap fd=0 page=8 npages=1 prot=read pgoff=4 => EINVAL
      store page=0 word=aux_size value=3 => ok
      mmap fd=0 page=8 npages=3 prot=read pgoff=4 => EINVAL
      store page=0 word=aux_size value=2 => ok
      mmap fd=0 page=8 npages=2 prot=read pgoff=4 => ok`,
      AUX,
    );
  });

  it('says first that there is no buffer', () => {
    expect(
      rule(
        `open fd=0 flags=aux => ok
        mmap fd=0 page=8 npages=2 prot=read pgoff=4 => EINVAL`,
        AUX,
      ),
    ).toContain('needs a buffer');
  });

  it('reads the control page of its own buffer', () => {
    follow(
      `
      open fd=1 => ok
      mmap fd=1 page=20 npages=1 prot=read+write => ok
      ${PLACED.replace('open fd=1 => ok', '').trim()}
      mmap fd=0 page=8 npages=2 prot=read pgoff=4 => ok
      load page=20 word=aux_size => ok 0`,
      AUX,
    );
  });

  it('shows pages that can be read and not written', () => {
    follow(
      `${PLACED}
      mmap fd=0 page=8 npages=2 prot=read+write pgoff=4 => ok
      maps => ok 0-2: perf r w sh dc de dd io pf first rss=0 | 8-9: perf r w sh dc de dd io pf first pgoff=4 rss=0
      load page=8 word=scratch => ok 0
      store page=8 word=scratch value=17 => SIGBUS
      load page=9 word=data_size => ok 0`,
      AUX,
    );
  });

  it('stays zero when records have filled as many pages before it', () => {
    follow(
      `
      open fd=0 flags=aux => ok
      mmap fd=0 page=0 npages=2 prot=read => ok
      mmap fd=0 page=4 npages=2 prot=read+write => ok
      store page=4 word=aux_offset value=2 => ok
      store page=4 word=aux_size value=1 => ok
      mmap fd=0 page=8 npages=1 prot=read pgoff=2 => ok
      record count=200 => ok
      load page=1 word=first => ok record
      load page=8 word=first => ok 0`,
      AUX,
    );
  });

  it('needs a PMU that has such areas, which is asked last', () => {
    const story = `
      open fd=0 => ok
      mmap fd=0 page=0 npages=3 prot=read+write => ok
      store page=0 word=aux_offset value=4 => ok
      store page=0 word=aux_size value=2 => ok`;
    follow(`${story}
      mmap fd=0 page=8 npages=2 prot=read pgoff=4 => EOPNOTSUPP
      headroom => ok 15`);
    follow(
      `${story}
      mmap fd=0 page=8 npages=2 prot=read pgoff=4 => EPERM`,
      { gift: 3, rlimit: 1 },
    );
  });

  it('is charged once, and given back with the last mapping of it', () => {
    follow(
      `${PLACED}
      headroom => ok 3
      mmap fd=0 page=8 npages=2 prot=read pgoff=4 => ok
      status => ok 1 0
      mmap fd=0 page=12 npages=2 prot=read pgoff=4 => ok
      headroom => ok 1
      munmap page=8 npages=2 => ok
      headroom => ok 1
      munmap page=12 npages=2 => ok
      headroom => ok 3
      status => ok 0 0`,
      { ...AUX, gift: 4, rlimit: 2 },
    );
  });

  it('has one place and one size at a time', () => {
    follow(
      `${PLACED}
      mmap fd=0 page=8 npages=2 prot=read pgoff=4 => ok
      store page=0 word=aux_offset value=5 => ok
      mmap fd=0 page=12 npages=2 prot=read pgoff=5 => EINVAL
      store page=0 word=aux_offset value=4 => ok
      store page=0 word=aux_size value=4 => ok
      mmap fd=0 page=12 npages=4 prot=read pgoff=4 => EINVAL
      munmap page=8 npages=2 => ok
      mmap fd=0 page=12 npages=4 prot=read pgoff=4 => ok`,
      AUX,
    );
  });

  it('keeps the buffer when all else of it is unmapped', () => {
    follow(
      `${PLACED}
      mmap fd=0 page=8 npages=2 prot=read pgoff=4 => ok
      munmap page=0 npages=3 => ok
      set_output fd=1 target=0 => ok
      mmap fd=0 page=0 npages=3 prot=read+write => ok
      load page=0 word=aux_size => ok 2
      munmap page=0 npages=3 => ok
      munmap page=8 npages=2 => ok
      headroom => ok 18
      mmap fd=0 page=0 npages=2 prot=read => ok
      load page=0 word=aux_size => ok 0`,
      AUX,
    );
  });

  it('can be asked for through a redirected event', () => {
    follow(
      `${PLACED}
      mmap fd=0 page=8 npages=2 prot=read pgoff=4 => ok
      set_output fd=1 target=0 => ok
      mmap fd=1 page=12 npages=2 prot=read pgoff=4 => ok
      set_output fd=1 target=-1 => EINVAL`,
      AUX,
    );
  });
});

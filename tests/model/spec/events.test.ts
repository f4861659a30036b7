import { describe, expect, it } from 'vitest';
import { ACCEPTED, follow, REJECTED, verdict } from './story.js';

describe('descriptors', () => {
  it('are opened, given a second name and closed', () => {
    const spec = follow(`
      open fd=1 => ok
      open fd=1 => SKIP
      dup fd=1 newfd=2 => ok
      dup fd=1 newfd=2 => SKIP
      dup fd=0 newfd=3 => SKIP
      close fd=1 => ok
      close fd=1 => SKIP
      mmap fd=1 page=0 npages=2 => SKIP
      mmap fd=2 page=0 npages=2 prot=read => ok
      set_output fd=0 target=2 => SKIP
      set_output fd=2 target=0 => SKIP
      open fd=0 output=3 => SKIP`);
    expect(spec.view.fdOpen(0, 2)).toBe(true);
    expect(spec.view.fdOpen(0, 1)).toBe(false);
  });

  it('name the same event in any process, and each its own', () => {
    follow(`
      open fd=0 => ok
      open fd=1 => ok
      mmap fd=1 page=0 npages=2 prot=read+write => ok
      dup fd=1 newfd=3 => ok
      close fd=1 => ok
      munmap page=0 npages=2 => ok
      mmap fd=3 page=0 npages=2 prot=read+write => ok
      fork child=1 => ok
      p1 close fd=1 => SKIP
      p1 close fd=0 => ok
      p1 close fd=0 => SKIP
      p1 dup fd=3 newfd=0 => ok
      p1 mmap fd=0 page=4 npages=2 prot=read+write => ok
      record count=2 => ok
      p1 load page=4 word=data_head => ok 3
      set_output fd=0 target=3 => ok
      p1 set_output fd=3 target=-1 => EINVAL`);
  });

  it('keep their event until the last is closed', () => {
    follow(`
      open fd=0 => ok
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      dup fd=0 newfd=1 => ok
      close fd=0 => ok
      open fd=0 => ok
      set_output fd=0 target=1 => ok
      record count=1 => ok
      load page=0 word=data_head => ok 2
      close fd=0 => ok
      record count=1 => ok
      load page=0 word=data_head => ok 3`);
  });

  it('can be opened and closed for ever', () => {
    follow(Array.from({ length: 40 }, () => 'open fd=0 => ok\nclose fd=0 => ok').join('\n'));
  });

  it('must be there to be redirected to', () => {
    follow('open fd=1 output=0 => SKIP');
  });

  it('are of no use to a process that does not live', () => {
    follow(`
      p1 open fd=0 => SKIP
      p2 maps => SKIP`);
  });

  it('of a closed event keep nothing, but a mapping keeps its event', () => {
    follow(`
      open fd=0 => ok
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      close fd=0 => ok
      record count=3 => ok
      load page=0 word=data_head => ok 3
      munmap page=0 npages=2 => ok
      headroom => ok 18`);
  });

  it('are not given to the unprivileged where perf_event_paranoid is 3', () => {
    follow('open fd=0 => EACCES', { paranoid: 3 });
  });

  it('of an event with AUX buffers need a PMU that has them', () => {
    follow('open fd=0 flags=aux => UNOBSERVED');
    follow('open fd=0 flags=aux => ok', { aux: true });
  });
});

describe('redirection', () => {
  const pair = `
    open fd=0 => ok
    open fd=1 => ok`;

  it('needs a target with a buffer', () => {
    follow(`${pair}
      set_output fd=1 target=0 => EINVAL
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      set_output fd=1 target=0 => ok
      set_output fd=1 target=0 => ok
      open fd=2 output=0 => ok
      open fd=3 output=1 => ok`);
  });

  it('is not for an event itself, nor for one that is mapped', () => {
    follow(`${pair}
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      mmap fd=1 page=2 npages=2 prot=read+write => ok
      set_output fd=0 target=0 => EINVAL
      set_output fd=1 target=0 => EINVAL
      set_output fd=0 target=1 => EINVAL
      set_output fd=1 target=-1 => EINVAL
      munmap page=2 npages=2 => ok
      set_output fd=1 target=-1 => ok
      set_output fd=1 target=0 => ok
      set_output fd=1 target=1 => EINVAL`);
  });

  it('needs the same CPU, direction and, without a CPU, task', () => {
    follow(`
      open fd=0 => ok
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      open fd=1 flags=cpu => ok
      set_output fd=1 target=0 => EINVAL
      open fd=2 flags=backward => ok
      set_output fd=2 target=0 => EINVAL
      open fd=3 flags=cpu output=0 => EINVAL
      fork child=1 => ok
      p1 open fd=3 => ok
      p1 set_output fd=3 target=0 => EINVAL`);
    follow(`
      open fd=0 flags=cpu => ok
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      fork child=1 => ok
      p1 open fd=3 flags=cpu => ok
      p1 set_output fd=3 target=0 => ok
      p1 record count=2 => ok
      load page=0 word=data_head => ok 3`);
  });

  it('ends with the last mapping of the buffer', () => {
    follow(`${pair}
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      set_output fd=1 target=0 => ok
      munmap page=0 npages=2 => ok
      mmap fd=1 page=4 npages=5 prot=read+write => ok
      load page=4 word=data_size => ok 4`);
  });

  it('gives the other event’s records a place, and takes them off again', () => {
    follow(`${pair}
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      set_output fd=1 target=0 => ok
      record count=2 => ok
      load page=0 word=data_head => ok 4
      set_output fd=1 target=-1 => ok
      record count=2 => ok
      load page=0 word=data_head => ok 6
      close fd=1 => ok`);
  });

  it('shows the event that has its own mapping no other buffer', () => {
    const story = `${pair}
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      set_output fd=1 target=0 => ok
      mmap fd=1 page=4 npages=3 prot=read => EINVAL`;
    follow(`${story}
      mmap fd=1 page=4 npages=2 prot=read => EBUSY`);
    follow(
      `${story}
      mmap fd=1 page=4 npages=2 prot=read => ok
      munmap page=0 npages=2 => ok
      load page=4 word=data_size => ok 1
      mmap fd=0 page=0 npages=2 prot=read => ok
      record count=1 => ok
      load page=4 word=data_head => ok 1
      load page=0 word=data_head => ok 1`,
      { flavour: 0 },
    );
  });
});

describe('an event that has ended with its task', () => {
  const orphan = (flags: string): string => `
    open fd=0 flags=${flags} => ok
    fork child=1 => ok
    exit => ok`;

  it('takes no new event: ENODEV, or what the rest says on older kernels', () => {
    follow(`${orphan('0')}
      p1 open fd=1 output=0 => ENODEV
      p1 mmap fd=0 page=0 npages=2 prot=read => ok`);
    follow(
      `${orphan('0')}
      p1 open fd=1 output=0 => EINVAL`,
      { flavour: 0 },
    );
  });

  it('may have ended with any task that shared it, if it is inherited', () => {
    const shared = `${orphan('inherit')}
      p1 open fd=1 output=0`;
    expect(verdict(`${shared} => ENODEV`)).toBe(ACCEPTED);
    expect(verdict(`${shared} => EINVAL`)).toBe(ACCEPTED);
    expect(verdict(`${shared} => ok`)).toBe(REJECTED);
    expect(
      verdict(`
        open fd=0 flags=inherit => ok
        fork child=1 => ok
        p1 open fd=1 output=0 => ENODEV`),
    ).toBe(REJECTED);
    const left = `
      open fd=0 flags=inherit => ok
      fork child=1 => ok
      p1 exit => ok
      fork child=1 => ok
      open fd=1 output=0 => ENODEV`;
    expect(verdict(left)).toBe(ACCEPTED);
    const stranger = `
      fork child=2 => ok
      open fd=0 flags=inherit => ok
      fork child=1 => ok
      p2 exit => ok
      open fd=1 output=0 => ENODEV`;
    expect(verdict(stranger)).toBe(REJECTED);
    follow(`
      open fd=0 flags=inherit => ok
      fork child=1 => ok
      p1 fork child=2 => ok
      p1 open fd=1 output=0 => EINVAL
      p2 exit => ok
      p1 exit => ok`);
  });
});

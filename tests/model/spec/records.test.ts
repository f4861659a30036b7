import { describe, it } from 'vitest';
import { BEFORE, follow } from './story.js';

describe('records', () => {
  it('are written for each event that watches the process', () => {
    follow(`
      open fd=0 => ok
      open fd=1 => ok
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      mmap fd=1 page=2 npages=1 prot=read+write => ok
      record count=5 => ok
      load page=0 word=data_head => ok 5
      load page=2 word=data_head => ok 0
      load page=1 word=first => ok record
      load page=1 word=scratch => ok 0
      load page=1 word=data_head => ok 0
      record count=40 => ok
      load page=1 word=data_head => ok record
      load page=1 word=aux_size => ok record`);
  });

  it('stop when a buffer first mapped writable is full', () => {
    follow(`
      open fd=0 => ok
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      record count=200 => ok
      load page=0 word=data_head => ok 127
      record count=1 => ok
      load page=0 word=data_head => ok 127`);
  });

  it('go round in a buffer first mapped read-only, whatever it is mapped later', () => {
    follow(`
      open fd=0 => ok
      mmap fd=0 page=0 npages=2 prot=read => ok
      mmap fd=0 page=4 npages=2 prot=read+write => ok
      record count=200 => ok
      load page=0 word=data_head => ok 200
      load page=5 word=scratch => ok record`);
  });

  it('of a backward buffer count down from its end', () => {
    follow(`
      open fd=0 flags=backward => ok
      mmap fd=0 page=0 npages=3 prot=read => ok
      record count=60 => ok
      load page=0 word=data_head => ok -60
      load page=2 word=scratch => ok 0
      record count=10 => ok
      load page=2 word=scratch => ok record
      load page=2 word=first => ok 0
      load page=1 word=scratch => ok 0
      record count=57 => ok
      load page=2 word=first => ok 0
      record count=1 => ok
      load page=0 word=first => ok 0
      load page=2 word=first => ok record`);
  });

  it('are written by fork, exec and exit, too', () => {
    follow(`
      open fd=0 flags=inherit+cpu => ok
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      fork child=1 => ok
      load page=0 word=data_head => ok 1
      p1 record count=2 => ok
      load page=0 word=data_head => ok 3
      p1 exec => ok
      load page=0 word=data_head => ok 4
      p1 exit => ok
      load page=0 word=data_head => ok 5
      fork child=1 => ok
      p1 record count=1 => ok
      load page=0 word=data_head => ok 7`);
  });

  it('of an inherited event are of those tasks that inherited it', () => {
    follow(`
      fork child=1 => ok
      open fd=0 flags=inherit+cpu => ok
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      p1 fork child=2 => ok
      p2 record count=9 => ok
      load page=0 word=data_head => ok 0
      p1 exit => ok
      fork child=1 => ok
      load page=0 word=data_head => ok 1
      p1 exit => ok
      load page=0 word=data_head => ok 2
      p2 record count=9 => ok
      load page=0 word=data_head => ok 2`);
  });

  it('of an event that is not inherited are of one task', () => {
    follow(
      `
      open fd=0 => ok
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      fork child=1 => ok
      p1 record count=9 => ok
      load page=0 word=data_head => ok 1
      p1 exit => ok
      load page=0 word=data_head => ok 1`,
      { flavour: BEFORE },
    );
  });
});

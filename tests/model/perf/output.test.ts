import { describe, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { run } from '../../support/script.js';

/** 128 records of 32 bytes are a page. The words of a page lie in its records 0, 32, 33 and 64. */
describe('records', () => {
  test('overwrite the words that they cover, first to last', () => {
    run(
      advance,
      `
      open fd=0
      mmap fd=0 npages=2 prot=read
      load page=1 word=first      -> ok
      record
      load page=1 word=first      -> ok record
      record count=31
      load page=1 word=data_head  -> ok
      record
      load page=1 word=data_head  -> ok record
      load page=1 word=data_size  -> ok record
      load page=1 word=aux_offset -> ok
      record
      load page=1 word=aux_offset -> ok record
      load page=1 word=aux_size   -> ok record
      record count=30
      load page=1                 -> ok
      record
      load page=1                 -> ok record
      load word=data_head         -> ok 65
      `,
    );
  });

  test('a buffer whose first mapping may write stops when full, one record early', () => {
    run(
      advance,
      `
      open fd=0
      mmap fd=0 page=0 npages=2 prot=read+write
      record count=126
      load word=data_head -> ok 126
      record count=5
      load word=data_head -> ok 127
      record count=200
      load word=data_head -> ok 127
      mmap fd=0 page=4 npages=2 prot=read
      munmap page=0 npages=2
      record
      load page=4 word=data_head -> ok 127
      `,
    );
  });

  test('a buffer first mapped read-only goes round', () => {
    run(
      advance,
      `
      open fd=0
      mmap fd=0 npages=5 prot=read
      record count=200
      load page=2 word=aux_size   -> ok record
      load page=2                 -> ok record
      load page=3 word=first      -> ok
      record count=200
      record count=111
      load word=data_head         -> ok 511
      load page=4                 -> ok record
      record count=200
      load word=data_head         -> ok 711
      `,
    );
  });

  test('more than fit go round in one call', () => {
    run(
      advance,
      `
      open fd=0
      mmap fd=0 npages=2 prot=read
      record count=200
      load word=data_head    -> ok 200
      load page=1            -> ok record
      load page=1 word=first -> ok record
      `,
    );
  });

  test('backward, from the last page down', () => {
    run(
      advance,
      `
      open fd=0 flags=backward
      mmap fd=0 npages=3 prot=read
      record count=63
      load word=data_head         -> ok -63
      load page=2                 -> ok
      record
      load page=2                 -> ok record
      load page=2 word=first      -> ok
      load page=1                 -> ok
      record count=64
      load page=2 word=first      -> ok record
      record count=128
      load page=1 word=first      -> ok record
      load word=data_head         -> ok -256
      `,
    );
  });

  test('backward and full, it stops one record early, too', () => {
    run(
      advance,
      'open fd=0 flags=backward\n mmap fd=0 npages=2 prot=read+write\n record count=200\n load word=data_head -> ok -127',
    );
  });

  test('a buffer without data pages is paused', () => {
    run(advance, 'open fd=0\n mmap fd=0 npages=1 prot=read\n record count=3\n load word=data_head -> ok');
  });

  test('every event that watches the task writes one, into whatever buffer it has', () => {
    run(
      advance,
      `
      open fd=0
      open fd=1
      open fd=2
      mmap fd=0 npages=2 prot=read
      set_output fd=1 target=0
      record
      load word=data_head -> ok 2
      fork child=1
      load word=data_head -> ok 4
      1: record
      load word=data_head -> ok 4
      `,
    );
  });
});

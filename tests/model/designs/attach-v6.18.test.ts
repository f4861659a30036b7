import { expect, test } from 'vitest';
import { advance, INTENDED_ATTACH } from '#model/designs/advance';
import { perf_mmap_aux_with } from '#model/designs/hooks/attach-v6.18';
import { rb_alloc_aux } from '#model/perf/ring-buffer';
import { run } from '../../support/script.js';

test('an AUX area whose buffer lost its last mapping meanwhile is taken down, and its charge given back', () => {
  const { w } = run(
    advance,
    `
    open fd=0 flags=aux
    mmap fd=0 npages=2 prot=read+write
    store word=aux_offset value=2
    store word=aux_size value=2
    `,
    { aux: true },
  );
  const charged = w.user.perf_mlock[0];
  const pages = w.page.state.slice();
  // The mapping of the data stands for one of the AUX area: two pages at page 2 of the file.
  const v = w.vma.file.indexOf(1);
  w.vma.vm_pgoff[v] = 2;
  const attach = perf_mmap_aux_with({
    ...INTENDED_ATTACH,
    rb_alloc_aux: (world, rb, pgoff, nr_pages) => {
      const made = rb_alloc_aux(world, rb, pgoff, nr_pages);
      expect(world.user.perf_mlock[0]).toBe(charged);
      world.rb.mmap_count[rb] = 0;
      return made;
    },
  });
  expect(attach(w, v, 0)).toBe(-22);
  expect([w.rb.aux_mmap_count[0], w.rb.aux_nr_pages[0], w.user.perf_mlock[0]]).toEqual([0, 0, charged]);
  expect(w.page.state).toEqual(pages);
  expect(w.event.mmap_count[0]).toBe(1);
  expect(w.rb.aux_mutex.every((held) => held === 0)).toBe(true);
});

import { advance } from '../../designs/advance.js';
import { map_range } from '../../designs/hooks/map-range.js';
import { mmap_with, type Undo } from '../change.js';
import { mutant } from '../mutant.js';

const close: Undo = (w, v) => w.design.vm_ops.close(w, v);

export const mapfail_deadlock = mutant(
  advance,
  {
    id: 'mapfail-deadlock',
    family: 'advance-mapping',
    needs: 'injection',
    source: 'c69df06e4e26',
    defect: 'The failure path calls close with mmap_mutex held, and close takes it.',
    shows: 'mmap never returns',
  },
  { mmap: mmap_with(map_range, close, close) },
);

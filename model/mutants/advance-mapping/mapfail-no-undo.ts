import { advance } from '../../designs/advance.js';
import { map_range } from '../../designs/hooks/map-range.js';
import { mmap_with, type Undo } from '../change.js';
import { mutant } from '../mutant.js';

const nothing: Undo = () => {};

export const mapfail_no_undo = mutant(
  advance,
  {
    id: 'mapfail-no-undo',
    family: 'advance-mapping',
    needs: 'injection',
    source: 'f74b9f4ba63f, CVE-2025-38564',
    defect: 'When the pages cannot be mapped every count and charge stays, for core mm calls no close.',
    shows: 'a buffer that nobody maps lives for ever, with its charge',
  },
  { mmap: mmap_with(map_range, nothing, nothing) },
);

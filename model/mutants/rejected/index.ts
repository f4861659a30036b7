import type { Mutant } from '../mutant.js';
import { control_rw_no_hook } from './control-rw-no-hook.js';
import { folio } from './folio.js';
import { insert_pages_in_mmap } from './insert-pages-in-mmap.js';
import { insert_pages_locked } from './insert-pages-locked.js';
import { insert_pages_ro_noretry } from './insert-pages-ro-noretry.js';
import { lazy_insert_pfn } from './lazy-insert-pfn.js';
import { mkwrite_any_page } from './mkwrite-any-page.js';
import { mmap_prepare_alloc_leak } from './mmap-prepare-alloc-leak.js';
import { mmap_prepare_insert } from './mmap-prepare-insert.js';
import { no_pfn_mkwrite } from './no-pfn-mkwrite.js';
import { no_pfnmap_flags } from './no-pfnmap-flags.js';
import { no_zap } from './no-zap.js';
import { one_remap } from './one-remap.js';
import { shared_prot } from './shared-prot.js';
import { zap_after_close } from './zap-after-close.js';

export const REJECTED: readonly Mutant[] = [
  insert_pages_in_mmap,
  insert_pages_ro_noretry,
  insert_pages_locked,
  folio,
  control_rw_no_hook,
  shared_prot,
  no_pfn_mkwrite,
  mkwrite_any_page,
  no_zap,
  zap_after_close,
  one_remap,
  lazy_insert_pfn,
  no_pfnmap_flags,
  mmap_prepare_insert,
  mmap_prepare_alloc_leak,
];

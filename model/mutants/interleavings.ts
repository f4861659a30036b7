import type { Defect } from './mutant.js';

const between_tasks = (
  id: string,
  family: Defect['family'],
  source: string,
  defect: string,
  shows: string,
): Defect => ({ id, family, needs: 'interleaving', source, defect, shows });

/** Defects of the history that show only when two tasks are inside the kernel at once: no sequence of operations has them. */
export const INTERLEAVINGS: readonly Defect[] = [
  between_tasks(
    'mapfail-race',
    'advance-mapping',
    '77de62ad3de3, CVE-2026-23248',
    'mmap_mutex is dropped between publishing a new buffer and mapping its pages.',
    'a failure to map takes down a buffer that another task has taken by then',
  ),
  between_tasks(
    'aux-half-built-map',
    'advance-mapping',
    '5948aaf64f81, CVE-2026-64300',
    'The pages are mapped without aux_mutex while another task fills the AUX area.',
    'page 0 of a data mapping is the first AUX page, which is freed under it',
  ),
  between_tasks(
    'account-outside-aux-mutex',
    'advance-mapping',
    'review, August 2025',
    'The charge of an AUX area is added after aux_mutex is dropped.',
    'the last unmap refunds before the charge is made',
  ),
  between_tasks(
    'close-twice',
    'accounting',
    'f91072ed1b72, CVE-2020-14351',
    'close decrements mmap_count and reads it again to see whether it was the last.',
    'two tasks are both the last, and the buffer is refunded twice',
  ),
  between_tasks(
    'set-output-vs-close',
    'attachment',
    '68e3c69803da, CVE-2022-49607',
    'SET_OUTPUT takes the mutex of one of the two events only.',
    'an event is attached to a buffer whose last mapping is going, and its next mmap loops for ever',
  ),
  between_tasks(
    'attach-detach',
    'attachment',
    'b69cf53640da',
    'Attaching and detaching change the list of events of a buffer without its lock.',
    'an event is on no list, or on two',
  ),
  between_tasks(
    'aux-per-event-mutex',
    'attachment',
    '2ab9d830262c, CVE-2024-46713',
    'The AUX fields of a buffer are protected by the mutex of an event, of which a buffer has several.',
    'the AUX area is allocated or freed twice',
  ),
  between_tasks(
    'fault-no-aux-mutex',
    'demand-fault',
    'before v6.14',
    'The fault handler reads the AUX array while another task fills it.',
    'page 0 of a data mapping is the first AUX page',
  ),
];

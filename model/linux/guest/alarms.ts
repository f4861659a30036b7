/** What a kernel says when it finds itself wrong. */
interface Alarm {
  readonly id: string;
  readonly pattern: RegExp;
}

/**
 * Words of the kernel that no sequence may bring about (lib/bug.c, kernel/panic.c, lib/refcount.c, kernel/watchdog.c,
 * kernel/rcu/tree_stall.h, kernel/hung_task.c, mm/kasan/report.c, mm/kfence/report.c, lib/ubsan.c, lib/list_debug.c, and for
 * x86 kernel/traps.c and kernel/dumpstack.c; v6.1 to v6.12). The first one that fits is its kind, so the special ones come first.
 */
export const ALARMS: readonly Alarm[] = [
  { id: 'kasan', pattern: /\bKASAN: / },
  { id: 'kfence', pattern: /\bKFENCE: / },
  { id: 'kcsan', pattern: /\bKCSAN: / },
  { id: 'ubsan', pattern: /\bUBSAN: / },
  { id: 'refcount', pattern: /\brefcount_t: / },
  { id: 'list', pattern: /\blist_(?:add|del) corruption/ },
  { id: 'soft-lockup', pattern: /\bsoft lockup\b/ },
  { id: 'hard-lockup', pattern: /\bhard LOCKUP\b/i },
  { id: 'rcu-stall', pattern: /\brcu.*\b(?:self-)?detected (?:expedited )?stalls?\b/ },
  { id: 'hung-task', pattern: /\btask .*\bblocked for more than \d+ seconds/ },
  { id: 'bug', pattern: /\bBUG: |\bkernel BUG at / },
  { id: 'warning', pattern: /\bWARNING: / },
  { id: 'protection-fault', pattern: /\bgeneral protection fault\b/ },
  { id: 'oops', pattern: /\bOops: / },
  { id: 'panic', pattern: /\bKernel panic - not syncing\b/ },
];

/** The kind of alarm that this line of the kernel's log is, if any. */
export function alarmIn(line: string): string | undefined {
  return ALARMS.find(({ pattern }) => pattern.test(line))?.id;
}

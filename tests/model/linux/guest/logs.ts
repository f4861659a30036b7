// What kernels really print: one excerpt for each kind of alarm, and what no alarm is.

/** First words of reports, in the form of v6.1 to v6.18, by the kind that they are. */
export const ALARM_LINES: readonly (readonly [string, string])[] = [
  ['kasan', 'BUG: KASAN: slab-use-after-free in perf_mmap_close+0x3b1/0x3f0'],
  ['kfence', 'BUG: KFENCE: use-after-free read in ring_buffer_put+0x11/0x70'],
  ['kcsan', 'BUG: KCSAN: data-race in perf_mmap / perf_mmap_close'],
  ['ubsan', 'UBSAN: array-index-out-of-bounds in kernel/events/ring_buffer.c:682:20'],
  ['refcount', 'refcount_t: underflow; use-after-free.'],
  ['list', 'list_del corruption. prev->next should be ffff8881000a0, but was dead000000000122'],
  ['soft-lockup', 'watchdog: BUG: soft lockup - CPU#0 stuck for 67s! [mapahead-agent0:151]'],
  ['hard-lockup', 'watchdog: Watchdog detected hard LOCKUP on cpu 0'],
  ['rcu-stall', 'rcu: INFO: rcu_preempt self-detected stall on CPU'],
  ['rcu-stall', 'rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:'],
  [
    'rcu-stall',
    'rcu: INFO: rcu_sched detected expedited stalls on CPUs/tasks: { 0-... } 8 jiffies s: 9 root: 0x1/.',
  ],
  ['hung-task', 'INFO: task mapahead-agent0:151 blocked for more than 120 seconds.'],
  ['bug', 'BUG: kernel NULL pointer dereference, address: 0000000000000008'],
  ['bug', 'BUG: unable to handle page fault for address: ffffc90000a3f000'],
  ['bug', 'BUG: Bad page state in process mapahead-agent0  pfn:1a2b3'],
  ['bug', 'BUG: Bad rss-counter state mm:000000005f1c1c5a type:MM_FILEPAGES val:1'],
  ['bug', 'kernel BUG at mm/memory.c:2481!'],
  ['warning', 'WARNING: CPU: 0 PID: 151 at kernel/events/core.c:6250 perf_mmap_close+0x2f1/0x3f0'],
  ['warning', 'WARNING: possible circular locking dependency detected'],
  [
    'protection-fault',
    'general protection fault, probably for non-canonical address 0xdead000000000100: 0000 [#1]',
  ],
  ['oops', 'Oops: 0000 [#1] PREEMPT SMP NOPTI'],
  ['panic', 'Kernel panic - not syncing: Fatal exception'],
];

/** What kernels of Debian and others say in guests in which nothing is wrong. */
export const CLEAN_LINES: readonly string[] = [
  'Memory KASLR using RDRAND RDTSC...',
  'tsc: Unable to calibrate against PIT',
  'mtrr: your CPUs had inconsistent MTRRdefType settings',
  "acpi PNP0A03:00: fail to add MMCONFIG information, can't access extended PCI configuration space under this bridge.",
  'Unstable clock detected, switching default tracing clock to "global"',
  'mapahead-agent0 (165): attempted to duplicate a private mapping with mremap.  This is not supported.',
  'perf: interrupt took too long (2510 > 2500), lowering kernel.perf_event_max_sample_rate to 79500',
  'clocksource: timekeeping watchdog on CPU1: Marking clocksource tsc as unstable because the skew is too large:',
  'rcu: Hierarchical RCU implementation.',
  'rcu: \tRCU CPU stall warnings timeout set to 60 (rcu_cpu_stall_timeout).',
  'kasan: KernelAddressSanitizer initialized',
  'random: crng init done',
  'Debug: sleeping functions called from invalid contexts are reported',
  'hrtimer: interrupt took 5124210 ns',
];

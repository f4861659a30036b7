/*
 * The named sub-model "twin", written by hand for Spin: two processes, at most two events at once, F descriptors and V places for
 * mappings in each process; open, close, set_output, mmap, munmap, fork, exit. Nothing here is shared with the explorer or the
 * model: the same number of states, and of transitions, is the confirmation of both. Compile with -DF=1..4 -DV=1..4.
 *
 * A state is stored only between operations: each is one d_step. Events and buffers are renumbered after each, in the order in
 * which descriptors and places name them.
 */
#define P 2
#define PROC_FDS(p) (p) * F
#define PROC_VMAS(p) (p) * V

/* Event + 1 behind each descriptor, and behind each mapping. */
byte fd[P * F];
byte vma[P * V];
/* By event: its buffer (0: none), and whose it is: process + 1, from 3 on a task that is gone. */
byte rb[2];
byte task[2];
/* By process: its number while it lives, the other number while it does not: so that the first lives at the start. */
bit lives[P];

#define ALIVE(p) (lives[p] == p)

hidden byte ix, ev, tx, buf, num, least, pos;

#define GONE 3
#define FRESH 9

inline count_vmas(x) {
  num = 0; ix = 0;
  do :: ix < P * V -> if :: vma[ix] == x + 1 -> num++ :: else fi; ix++ :: else -> break od
}

inline count_mappings_of_buffer(x) {
  num = 0; ix = 0;
  do
  :: ix < P * V -> if :: vma[ix] != 0 -> if :: rb[vma[ix] - 1] == x -> num++ :: else fi :: else fi; ix++
  :: else -> break
  od
}

/* The last user of an event's file releases it: it leaves its buffer. */
inline fput(x) {
  count_vmas(x); ix = 0;
  do :: ix < P * F -> if :: fd[ix] == x + 1 -> num++ :: else fi; ix++ :: else -> break od;
  if :: num == 0 -> rb[x] = 0; task[x] = 0 :: else fi
}

/* perf_mmap_close: the event's last mapping takes it off its buffer, the buffer's last one takes every event off. */
inline close_vma(at) {
  if
  :: vma[at] != 0 ->
    ev = vma[at] - 1; buf = rb[ev]; vma[at] = 0;
    count_mappings_of_buffer(buf); least = num;
    count_vmas(ev);
    if :: num == 0 -> rb[ev] = 0 :: else fi;
    if
    :: least == 0 -> if :: rb[0] == buf -> rb[0] = 0 :: else fi; if :: rb[1] == buf -> rb[1] = 0 :: else fi
    :: else
    fi;
    fput(ev)
  :: else
  fi
}

inline come_upon(name) { if :: least == 0 && name != 0 -> least = name :: else fi }
inline swapped(name) { if :: name != 0 -> name = 3 - name :: else fi }

/* Names that depend on nothing but what names them. */
inline renumber() {
  least = 0; tx = 0;
  do
  :: tx < P ->
    ix = 0; do :: ix < F -> come_upon(fd[PROC_FDS(tx) + ix]); ix++ :: else -> break od;
    ix = 0; do :: ix < V -> come_upon(vma[PROC_VMAS(tx) + ix]); ix++ :: else -> break od;
    tx++
  :: else -> break
  od;
  if
  :: least == 2 ->
    ix = 0; do :: ix < P * F -> swapped(fd[ix]); ix++ :: else -> break od;
    ix = 0; do :: ix < P * V -> swapped(vma[ix]); ix++ :: else -> break od;
    buf = rb[0]; rb[0] = rb[1]; rb[1] = buf;
    buf = task[0]; task[0] = task[1]; task[1] = buf
  :: else
  fi;
  if
  :: rb[0] != 0 -> if :: rb[1] == 0 :: rb[1] == rb[0] -> rb[1] = 1 :: else -> rb[1] = 2 fi; rb[0] = 1
  :: else -> if :: rb[1] != 0 -> rb[1] = 1 :: else fi
  fi;
  if
  :: task[0] >= GONE ->
    if :: task[1] < GONE :: task[1] == task[0] -> task[1] = GONE :: else -> task[1] = GONE + 1 fi;
    task[0] = GONE
  :: else -> if :: task[1] >= GONE -> task[1] = GONE :: else fi
  fi;
  ix = 0; ev = 0; tx = 0; buf = 0; num = 0; least = 0; pos = 0
}

#define OPEN(p, f) :: d_step { ALIVE(p) && fd[PROC_FDS(p) + f] == 0 && (task[0] == 0 || task[1] == 0) -> \
  ev = (task[0] == 0 -> 0 : 1); fd[PROC_FDS(p) + f] = ev + 1; task[ev] = p + 1; renumber() }
#define CLOSE(p, f) :: d_step { fd[PROC_FDS(p) + f] != 0 -> \
  ev = fd[PROC_FDS(p) + f] - 1; fd[PROC_FDS(p) + f] = 0; fput(ev); renumber() }
#define DETACH(p, f) :: d_step { fd[PROC_FDS(p) + f] != 0 -> \
  ev = fd[PROC_FDS(p) + f] - 1; count_vmas(ev); if :: num == 0 -> rb[ev] = 0 :: else fi; renumber() }
#define REDIRECT(p, f, to) :: d_step { fd[PROC_FDS(p) + f] != 0 && fd[PROC_FDS(p) + to] != 0 -> \
  ev = fd[PROC_FDS(p) + f] - 1; tx = fd[PROC_FDS(p) + to] - 1; count_vmas(ev); \
  if :: ev != tx && task[ev] == task[tx] && num == 0 && rb[tx] != 0 -> rb[ev] = rb[tx] :: else fi; renumber() }
#define MMAP(p, f, at) :: d_step { fd[PROC_FDS(p) + f] != 0 -> \
  close_vma(PROC_VMAS(p) + at); ev = fd[PROC_FDS(p) + f] - 1; count_vmas(ev); \
  if :: rb[ev] == 0 -> rb[ev] = (rb[1 - ev] == 1 -> 2 : 1); vma[PROC_VMAS(p) + at] = ev + 1 \
     :: rb[ev] != 0 && num != 0 -> vma[PROC_VMAS(p) + at] = ev + 1 \
     :: else fi; renumber() }
#define MUNMAP(p, at) :: d_step { ALIVE(p) -> close_vma(PROC_VMAS(p) + at); renumber() }
#define FORK(p) :: d_step { ALIVE(p) && !ALIVE(1 - p) -> lives[1 - p] = 1 - p; \
  ix = 0; do :: ix < F -> fd[PROC_FDS(1 - p) + ix] = fd[PROC_FDS(p) + ix]; ix++ :: else -> break od; renumber() }
#define EXIT(p) :: d_step { ALIVE(p) -> pos = 0; \
  do :: pos < V -> close_vma(PROC_VMAS(p) + pos); pos++ :: else -> break od; pos = 0; \
  do :: pos < F -> if :: fd[PROC_FDS(p) + pos] != 0 -> ev = fd[PROC_FDS(p) + pos] - 1; fd[PROC_FDS(p) + pos] = 0; fput(ev) \
     :: else fi; pos++ :: else -> break od; \
  if :: task[0] == p + 1 -> task[0] = FRESH :: else fi; if :: task[1] == p + 1 -> task[1] = FRESH :: else fi; \
  lives[p] = 1 - p; renumber() }

#define FD(p, f) OPEN(p, f) CLOSE(p, f) DETACH(p, f) MAPS(p, f) REDIRECTS(p, f)
#if F == 1
#define REDIRECTS(p, f) REDIRECT(p, f, 0)
#define FDS(p) FD(p, 0)
#elif F == 2
#define REDIRECTS(p, f) REDIRECT(p, f, 0) REDIRECT(p, f, 1)
#define FDS(p) FD(p, 0) FD(p, 1)
#elif F == 3
#define REDIRECTS(p, f) REDIRECT(p, f, 0) REDIRECT(p, f, 1) REDIRECT(p, f, 2)
#define FDS(p) FD(p, 0) FD(p, 1) FD(p, 2)
#else
#define REDIRECTS(p, f) REDIRECT(p, f, 0) REDIRECT(p, f, 1) REDIRECT(p, f, 2) REDIRECT(p, f, 3)
#define FDS(p) FD(p, 0) FD(p, 1) FD(p, 2) FD(p, 3)
#endif
#if V == 1
#define MAPS(p, f) MMAP(p, f, 0)
#define UNMAPS(p) MUNMAP(p, 0)
#elif V == 2
#define MAPS(p, f) MMAP(p, f, 0) MMAP(p, f, 1)
#define UNMAPS(p) MUNMAP(p, 0) MUNMAP(p, 1)
#elif V == 3
#define MAPS(p, f) MMAP(p, f, 0) MMAP(p, f, 1) MMAP(p, f, 2)
#define UNMAPS(p) MUNMAP(p, 0) MUNMAP(p, 1) MUNMAP(p, 2)
#else
#define MAPS(p, f) MMAP(p, f, 0) MMAP(p, f, 1) MMAP(p, f, 2) MMAP(p, f, 3)
#define UNMAPS(p) MUNMAP(p, 0) MUNMAP(p, 1) MUNMAP(p, 2) MUNMAP(p, 3)
#endif

active proctype kernel() {
end:
  do
  FDS(0) UNMAPS(0) FORK(0) EXIT(0)
  FDS(1) UNMAPS(1) FORK(1) EXIT(1)
  od
}

/* maps, status and headroom: what may be observed of a process. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "agent.h"
#include "baton.h"
#include "events.h"
#include "lines.h"
#include "operations.h"

static const struct {
  char name[3];
  int bit;
} VM_FLAGS[] = {
    {"lo", A_VIEW_LO}, {"dc", A_VIEW_DC}, {"de", A_VIEW_DE}, {"dd", A_VIEW_DD},
    {"io", A_VIEW_IO}, {"pf", A_VIEW_PF}, {"rr", A_VIEW_RR}, {"sr", A_VIEW_SR},
    {"hg", A_VIEW_HG}, {"nh", A_VIEW_NH}, {"mg", A_VIEW_MG}, {"wf", A_VIEW_WF},
};

/* The part of a VMA that lies in the arena, while its lines are read. */
struct area {
  int first, end;
  int is_perf, starts_here;
  int pgoff, rss;
  int32_t word;
};

static int read_header(const char *line, struct area *area) {
  unsigned long start, end, offset;
  char permissions[5];
  int name = 0;
  if (sscanf(line, "%lx-%lx %4s %lx %*s %*s %n", &start, &end, permissions, &offset, &name) < 4) return 0;
  *area = (struct area){0};
  if (end <= ARENA_BASE || start >= ARENA_BASE + bytes_of(A_ARENA_PAGES)) return 1;
  area->starts_here = start >= ARENA_BASE;
  area->first = area->starts_here ? (int)((start - ARENA_BASE) / A_PAGE_SIZE) : 0;
  area->end = (int)((end - ARENA_BASE) / A_PAGE_SIZE);
  if (area->end > A_ARENA_PAGES) area->end = A_ARENA_PAGES;
  area->is_perf = name > 0 && strncmp(line + name, "anon_inode:[perf_event]", 23) == 0;
  area->pgoff = (int)(offset / A_PAGE_SIZE);
  area->word = area->is_perf ? A_VIEW_PERF : A_VIEW_ANON;
  if (permissions[0] == 'r') area->word |= A_VIEW_R;
  if (permissions[1] == 'w') area->word |= A_VIEW_W;
  if (permissions[2] == 'x') area->word |= A_VIEW_X;
  if (permissions[3] == 's') area->word |= A_VIEW_SHARED;
  return 1;
}

static void read_flags(const char *names, struct area *area) {
  /* All names have two letters, and spaces between them. */
  for (size_t i = 0; i < sizeof VM_FLAGS / sizeof VM_FLAGS[0]; i++)
    if (strstr(names, VM_FLAGS[i].name)) area->word |= VM_FLAGS[i].bit;
}

static void show(const struct area *area, int32_t *view) {
  for (int page = area->first; page < area->end; page++) {
    view[page] = area->word;
    if (!area->is_perf) continue;
    const int in_area = page - area->first;
    view[page] |= ((area->pgoff + in_area) & A_VIEW_PGOFF_MASK) << A_VIEW_PGOFF_SHIFT;
    if (in_area == 0 && area->starts_here)
      view[page] |= A_VIEW_FIRST | (area->rss & A_VIEW_RSS_MASK) << A_VIEW_RSS_SHIFT;
  }
}

int do_maps(const int32_t *op, int32_t *value, int32_t *view) {
  (void)op, (void)value;
  struct lines lines;
  struct area area = {0};
  int kib;
  if (!lines_open(&lines, "/proc/self/smaps")) return -errno;
  for (char *line; (line = lines_next(&lines));) {
    if (read_header(line, &area)) {
      /* The VMAs come in the order of their addresses. */
      if (strtoul(line, NULL, 16) >= ARENA_BASE + bytes_of(A_ARENA_PAGES)) break;
    } else if (sscanf(line, "Rss: %d kB", &kib) == 1) {
      area.rss = kib / 4;
    } else if (strncmp(line, "VmFlags:", 8) == 0) {
      read_flags(line + 8, &area);
      show(&area, view);
    }
  }
  lines_close(&lines);
  return 0;
}

/* The kernel prints a count below zero as an unsigned number of 64 bits. */
static int32_t pages_of(unsigned long long kib) { return (int32_t)((long long)kib / 4); }

int do_status(const int32_t *op, int32_t *value, int32_t *view) {
  (void)op, (void)value;
  struct lines lines;
  unsigned long long kib;
  if (!lines_open(&lines, "/proc/self/status")) return -errno;
  for (char *line; (line = lines_next(&lines));) {
    if (sscanf(line, "VmLck: %llu kB", &kib) == 1) view[1] = SELF->lock_current ? A_ANY : pages_of(kib);
    if (sscanf(line, "VmPin: %llu kB", &kib) == 1) view[0] = pages_of(kib);
  }
  lines_close(&lines);
  return 0;
}

int do_headroom(const int32_t *op, int32_t *value, int32_t *view) {
  (void)op, (void)view;
  if (SELF->cap || S->facts.paranoid <= -1) {
    *value = A_UNLIMITED;
    return 0;
  }
  /* With MCL_FUTURE an mmap can fail for the sake of VmLck before perf is asked. */
  if (SELF->lock_future) {
    *value = A_ANY;
    return 0;
  }
  const int pages = map_greedily((char *)HEADROOM_BASE, A_GIFT_PAGES_MAX + A_RLIMIT_PAGES_MAX + 1);
  munmap((void *)HEADROOM_BASE, bytes_of(A_GIFT_PAGES_MAX + A_RLIMIT_PAGES_MAX + 1));
  if (pages < 0) return pages;
  *value = pages;
  return 0;
}

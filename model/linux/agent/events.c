#define _GNU_SOURCE
#include "events.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "agent.h"

int buffer_pages_within(int pages) {
  int data = 1;
  if (pages < 2) return 1;
  while (data * 2 + 1 <= pages) data *= 2;
  return data + 1;
}

static void *map_buffer(int fd, void *address, int pages) {
  const int fixed = address ? MAP_FIXED_NOREPLACE : 0;
  return mmap(address, bytes_of(pages), PROT_READ | PROT_WRITE, MAP_SHARED | fixed, fd, 0);
}

int map_greedily(char *at, int most) {
  int mapped = 0;
  int pages = most > 0 ? buffer_pages_within(most) : 0;
  while (pages > 0 && mapped < most) {
    /* An event that could not be mapped is as good as a fresh one. */
    const int fd = dummy_event(0, -1, 0);
    if (fd < 0) return -errno;
    while (pages > 0 && map_buffer(fd, at + bytes_of(mapped), pages) == MAP_FAILED) {
      if (errno != EPERM) {
        const int error = errno;
        close(fd);
        return -error;
      }
      pages = pages == 1 ? 0 : buffer_pages_within(pages - 1);
    }
    close(fd);
    mapped += pages;
    if (pages > most - mapped) pages = most > mapped ? buffer_pages_within(most - mapped) : 0;
  }
  return mapped;
}

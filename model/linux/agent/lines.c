#define _GNU_SOURCE
#include "lines.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int lines_open(struct lines *lines, const char *path) {
  lines->at = lines->end = 0;
  lines->fd = open(path, O_RDONLY | O_CLOEXEC);
  return lines->fd >= 0;
}

char *lines_next(struct lines *lines) {
  for (;;) {
    char *start = lines->text + lines->at;
    char *end = memchr(start, '\n', (size_t)(lines->end - lines->at));
    if (end) {
      *end = 0;
      lines->at = (int)(end - lines->text) + 1;
      return start;
    }
    lines->end -= lines->at;
    memmove(lines->text, start, (size_t)lines->end);
    lines->at = 0;
    const ssize_t got = read(lines->fd, lines->text + lines->end, sizeof lines->text - (size_t)lines->end);
    /* A last line without an end is not whole, and no file of /proc has one. */
    if (got <= 0) return NULL;
    lines->end += (int)got;
  }
}

void lines_close(struct lines *lines) { close(lines->fd); }

/* Lines of a file of /proc, without a heap. */
#ifndef LINES_H
#define LINES_H

struct lines {
  int fd;
  int at, end;
  char text[8192];
};

/* 1, or 0 with errno. */
int lines_open(struct lines *lines, const char *path);
/* The next line, without its end; NULL after the last one. It stays until the next call. */
char *lines_next(struct lines *lines);
void lines_close(struct lines *lines);

#endif

#define _GNU_SOURCE
#include "transport.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent.h"

static int32_t payload_buffer[A_FRAME_MAX_PAYLOAD / sizeof(int32_t)];

static int read_all(void *to, size_t bytes) {
  for (char *at = to; bytes > 0;) {
    const ssize_t got = read(IN_FD, at, bytes);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return 0;
    at += got;
    bytes -= (size_t)got;
  }
  return 1;
}

static void write_all(const void *from, size_t bytes) {
  for (const char *at = from; bytes > 0;) {
    const ssize_t put = write(OUT_FD, at, bytes);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) exit(72);
    at += put;
    bytes -= (size_t)put;
  }
}

static int is_header(const struct frame *frame) {
  return frame->magic == A_FRAME_MAGIC && frame->bytes >= 0 && frame->bytes <= A_FRAME_MAX_PAYLOAD &&
         frame->bytes % (int)sizeof(int32_t) == 0;
}

int frame_received(struct frame *frame, const int32_t **payload) {
  if (!read_all(frame, sizeof *frame)) return 0;
  if (!is_header(frame)) {
    text_sent(A_FRAME_REFUSED, 0, "no frame here: magic %#x, %d bytes", (unsigned)frame->magic, frame->bytes);
    do {
      memmove(frame, (char *)frame + 1, sizeof *frame - 1);
      if (!read_all((char *)frame + sizeof *frame - 1, 1)) return 0;
    } while (!is_header(frame));
  }
  *payload = payload_buffer;
  return read_all(payload_buffer, (size_t)frame->bytes);
}

void frame_sent(int type, int id, const void *first, size_t first_bytes, const void *second,
                size_t second_bytes) {
  const struct frame frame = {A_FRAME_MAGIC, type, id, (int32_t)(first_bytes + second_bytes)};
  write_all(&frame, sizeof frame);
  write_all(first, first_bytes);
  write_all(second, second_bytes);
}

void text_sent(int type, int id, const char *format, ...) {
  char text[512];
  va_list args;
  va_start(args, format);
  const int length = vsnprintf(text, sizeof text, format, args);
  va_end(args);
  frame_sent(type, id, text, length < (int)sizeof text ? (size_t)length : sizeof text - 1, NULL, 0);
}

#define _GNU_SOURCE
#include "transport.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent.h"
#include "packing.h"

static int32_t payload_buffer[A_FRAME_MAX_PAYLOAD / sizeof(int32_t)];

/* A header, a payload, and what fills up its last word. */
static int32_t outgoing[(sizeof(struct frame) + A_FRAME_MAX_PAYLOAD) / sizeof(int32_t)];
static int is_packed;

void transport_packed(void) { is_packed = 1; }

static ssize_t read_some(void *to, size_t bytes) {
  for (;;) {
    const ssize_t got = read(IN_FD, to, bytes);
    if (got >= 0 || errno != EINTR) return got;
  }
}

/* What was read of a packed stream, and how much of it was taken. */
static unsigned char ahead[4096];
static ssize_t next, end;

int is_read_ahead(void) { return next < end; }

/* Whole words from a packed stream. */
static int read_packed(char *to, size_t bytes) {
  static struct unpacking word_at_hand;
  for (size_t at = 0; at < bytes;) {
    int32_t word;
    if (next == end) {
      next = 0;
      if ((end = read_some(ahead, sizeof ahead)) <= 0) return end = 0;
    }
    if (!unpacked(&word_at_hand, ahead[next++], &word)) continue;
    memcpy(to + at, &word, sizeof word);
    at += sizeof word;
  }
  return 1;
}

static int read_all(void *to, size_t bytes) {
  if (is_packed) return read_packed(to, bytes);
  for (char *at = to; bytes > 0;) {
    const ssize_t got = read_some(at, bytes);
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
  static unsigned char bytes[sizeof outgoing / sizeof outgoing[0] * PACKED_MOST];
  const struct frame frame = {A_FRAME_MAGIC, type, id, (int32_t)(first_bytes + second_bytes)};
  const size_t length = sizeof frame + first_bytes + second_bytes;
  const size_t words = (length + sizeof outgoing[0] - 1) / sizeof outgoing[0];
  char *const start = (char *)outgoing;
  outgoing[words - 1] = 0;
  memcpy(start, &frame, sizeof frame);
  memcpy(start + sizeof frame, first, first_bytes);
  if (second_bytes > 0) memcpy(start + sizeof frame + first_bytes, second, second_bytes);
  if (is_packed)
    write_all(bytes, packed(outgoing, words, bytes));
  else
    write_all(start, length);
}

void text_sent(int type, int id, const char *format, ...) {
  char text[512];
  va_list args;
  va_start(args, format);
  const int length = vsnprintf(text, sizeof text, format, args);
  va_end(args);
  frame_sent(type, id, text, length < (int)sizeof text ? (size_t)length : sizeof text - 1, NULL, 0);
}

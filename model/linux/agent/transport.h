/* Frames over a pair of byte streams: pipes, or a serial port (both descriptors the same). */
#ifndef TRANSPORT_H
#define TRANSPORT_H

#include <stddef.h>
#include <stdint.h>

struct frame {
  int32_t magic, type, id, bytes;
};

/* From here on, words are packed both ways, and what follows a frame begins with the next whole word. */
void transport_packed(void);
/* Whether bytes of a packed stream were read that no frame has been made of yet. */
int is_read_ahead(void);
/* The next frame and its payload (at most A_FRAME_MAX_PAYLOAD bytes, aligned for ints). What cannot be a
 * frame is passed over, and refused in one frame. 1, or 0 at the end of the stream. */
int frame_received(struct frame *frame, const int32_t **payload);
/* Send a frame whose payload is two parts, one after the other; ends the agent when nobody reads. */
void frame_sent(int type, int id, const void *first, size_t first_bytes, const void *second,
                size_t second_bytes);
void text_sent(int type, int id, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif

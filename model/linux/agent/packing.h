/* Words (32 bits) as few bytes, for a slow channel: each as its zigzag code (0, -1, 1, -2, 2, ... are 0, 1, 2, 3,
 * 4, ...) in base 128, lowest digits first, all but the last with bit 7 set. */
#ifndef PACKING_H
#define PACKING_H

#include <stddef.h>
#include <stdint.h>

#define PACKED_MOST 5

/* Pack this many words; gives the bytes, at most PACKED_MOST for each word. */
size_t packed(const int32_t *words, size_t count, unsigned char *bytes);

/* The word at hand while its bytes come in; zero at the start. */
struct unpacking {
  uint64_t code;
  int shift;
};

/* Take a byte; whether the word is complete. A code longer than PACKED_MOST bytes makes some word, too. */
int unpacked(struct unpacking *at, unsigned char byte, int32_t *word);

#endif

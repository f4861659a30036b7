#include "packing.h"

#define DIGIT_BITS 7
#define MORE 0x80

size_t packed(const int32_t *words, size_t count, unsigned char *bytes) {
  size_t at = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t code = ((uint32_t)words[i] << 1) ^ (words[i] < 0 ? ~0U : 0);
    for (; code >= MORE; code >>= DIGIT_BITS) bytes[at++] = (unsigned char)(code | MORE);
    bytes[at++] = (unsigned char)code;
  }
  return at;
}

int unpacked(struct unpacking *at, unsigned char byte, int32_t *word) {
  at->code |= (uint64_t)(byte & ~MORE) << at->shift;
  at->shift += DIGIT_BITS;
  if ((byte & MORE) && at->shift < PACKED_MOST * DIGIT_BITS) return 0;
  const uint32_t code = (uint32_t)at->code;
  *word = (int32_t)((code >> 1) ^ (code & 1 ? ~0U : 0));
  *at = (struct unpacking){0, 0};
  return 1;
}

/* Packs the words of its argument and unpacks them again, as the agent does. */
#include "packing.h"

#include <stdio.h>
#include <stdlib.h>

#define MOST 64

int main(int count, char **arguments) {
  int32_t words[MOST], word;
  unsigned char bytes[MOST * PACKED_MOST];
  struct unpacking at = {0, 0};
  size_t length = 0;
  if (count != 2) return 2;
  for (char *next = arguments[1]; *next && length < MOST; next += *next == ',')
    words[length++] = (int32_t)strtol(next, &next, 10);
  const size_t packed_bytes = packed(words, length, bytes);
  for (size_t i = 0; i < packed_bytes; i++) printf("%02x", bytes[i]);
  for (size_t i = 0; i < packed_bytes; i++)
    if (unpacked(&at, bytes[i], &word)) printf(" %d", word);
  return 0;
}

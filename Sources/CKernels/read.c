#include "CKernels.h"

#include <string.h>

uint64_t ckernels_read(const void *bytes, long count) {
  const char *next = bytes;
  uint64_t lanes[16] = {0};
  for (; count >= (long)sizeof lanes; count -= (long)sizeof lanes, next += sizeof lanes) {
    uint64_t words[16];
    memcpy(words, next, sizeof words);
    for (int i = 0; i < 16; i++) lanes[i] ^= words[i];
  }
  uint64_t result = 0;
  for (int i = 0; i < 16; i++) result ^= lanes[i];
  for (; count > 0; count--, next++) result ^= (unsigned char)*next;
  return result;
}

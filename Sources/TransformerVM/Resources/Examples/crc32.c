/* The CRC-32 of zlib and PNG of the standard input, by a table that is made first. */
#include <stdint.h>
#include <stdio.h>

static uint32_t table[256];

static void make_table(void) {
  for (uint32_t byte = 0; byte < 256; byte++) {
    uint32_t rest = byte;
    for (int bit = 0; bit < 8; bit++) rest = rest & 1 ? rest >> 1 ^ 0xedb88320 : rest >> 1;
    table[byte] = rest;
  }
}

int main(void) {
  make_table();
  uint32_t rest = ~0u;
  for (int byte; (byte = getchar()) != EOF;) rest = table[(rest ^ byte) & 255] ^ rest >> 8;
  printf("%08x\n", ~rest);
  return 0;
}

/* SHA-256 (FIPS 180-4) of the standard input without a final line break, as hexadecimal digits. */
#include <stdint.h>
#include <stdio.h>

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
    0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
    0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08,
    0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

struct digest {
  uint32_t state[8];
  uint8_t block[64];
  /* Bytes of the message so far. */
  uint64_t length;
};

static uint32_t rotate(uint32_t word, int count) { return word >> count | word << (32 - count); }

static void compress(struct digest *digest) {
  uint32_t schedule[64];
  for (int i = 0; i < 16; i++) {
    const uint8_t *bytes = digest->block + 4 * i;
    schedule[i] = (uint32_t)bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
  }
  for (int i = 16; i < 64; i++) {
    uint32_t early = schedule[i - 15], late = schedule[i - 2];
    uint32_t first = rotate(early, 7) ^ rotate(early, 18) ^ early >> 3;
    uint32_t second = rotate(late, 17) ^ rotate(late, 19) ^ late >> 10;
    schedule[i] = schedule[i - 16] + first + schedule[i - 7] + second;
  }
  uint32_t a = digest->state[0], b = digest->state[1], c = digest->state[2], d = digest->state[3];
  uint32_t e = digest->state[4], f = digest->state[5], g = digest->state[6], h = digest->state[7];
  for (int i = 0; i < 64; i++) {
    uint32_t choice = (e & f) ^ (~e & g), majority = (a & b) ^ (a & c) ^ (b & c);
    uint32_t upper = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25), lower = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    uint32_t first = h + upper + choice + constants[i] + schedule[i], second = lower + majority;
    h = g;
    g = f;
    f = e;
    e = d + first;
    d = c;
    c = b;
    b = a;
    a = first + second;
  }
  digest->state[0] += a;
  digest->state[1] += b;
  digest->state[2] += c;
  digest->state[3] += d;
  digest->state[4] += e;
  digest->state[5] += f;
  digest->state[6] += g;
  digest->state[7] += h;
}

static void append(struct digest *digest, uint8_t byte) {
  digest->block[digest->length++ % 64] = byte;
  if (digest->length % 64 == 0) compress(digest);
}

/* Fills the last block up: a bit, zeros, and the length of the message in bits. */
static void finish(struct digest *digest) {
  uint64_t bits = digest->length * 8;
  append(digest, 0x80);
  while (digest->length % 64 != 56) append(digest, 0);
  for (int shift = 56; shift >= 0; shift -= 8) append(digest, bits >> shift);
}

int main(void) {
  struct digest digest = {.state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};
  int byte, next;
  for (byte = getchar(); byte != EOF; byte = next) {
    next = getchar();
    if (byte != '\n' || next != EOF) append(&digest, byte);
  }
  finish(&digest);
  for (int i = 0; i < 8; i++) {
    for (int shift = 28; shift >= 0; shift -= 4) putchar("0123456789abcdef"[digest.state[i] >> shift & 15]);
  }
  putchar('\n');
  return 0;
}

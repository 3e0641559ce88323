/* A linear congruential generator modulo 2^64 with the multiplier of Knuth's MMIX; the upper bits are given away. */
#include <stdlib.h>

static unsigned long long randomState = 1;

void srand(unsigned seed) { randomState = seed; }

int rand(void) {
  randomState = randomState * 6364136223846793005ull + 1442695040888963407ull;
  return randomState >> 33;
}

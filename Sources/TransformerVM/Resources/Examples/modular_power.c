/* Powers modulo 64-bit numbers, one of them a prime near 2^63. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>

/* a + b modulo m, for a, b < m; the sum may pass 64 bits. */
static uint64_t add(uint64_t a, uint64_t b, uint64_t m) { return a >= m - b ? a - (m - b) : a + b; }

/* a * b modulo m by doubling: no product passes 64 bits. */
static uint64_t multiply(uint64_t a, uint64_t b, uint64_t m) {
  uint64_t product = 0;
  for (; b; b >>= 1) {
    if (b & 1) product = add(product, a, m);
    a = add(a, a, m);
  }
  return product;
}

static uint64_t power(uint64_t base, uint64_t exponent, uint64_t m) {
  uint64_t result = 1 % m;
  for (base %= m; exponent; exponent >>= 1) {
    if (exponent & 1) result = multiply(result, base, m);
    base = multiply(base, base, m);
  }
  return result;
}

int main(void) {
  const uint64_t prime = 9223372036854775783u;
  printf("3^1000 mod 2^61 - 1 = %" PRIu64 "\n", power(3, 1000, ((uint64_t)1 << 61) - 1));
  printf("2^65537 mod %" PRIu64 " = %" PRIu64 "\n", prime, power(2, 65537, prime));
  return 0;
}

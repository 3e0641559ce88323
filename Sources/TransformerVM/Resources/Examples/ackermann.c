/* Ackermann's function of 2 and 3 by nothing but its recursion. */
#include <stdio.h>

static unsigned callCount;

static unsigned ackermann(unsigned m, unsigned n) {
  callCount++;
  if (m == 0) return n + 1;
  if (n == 0) return ackermann(m - 1, 1);
  return ackermann(m - 1, ackermann(m, n - 1));
}

int main(void) {
  unsigned value = ackermann(2, 3);
  printf("A(2, 3) = %u after %u calls\n", value, callCount);
  return 0;
}

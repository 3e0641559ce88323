#include "CArithmetic.h"
#include "division.h"
#include "traps.h"

__attribute__((noinline)) uint32_t carithmetic_quotient_by_word(uint64_t dividend, uint32_t divisor) {
  const uint32_t upper = divisor >> 16;
  uint32_t first = (uint32_t)(dividend >> 32) / upper;
  int64_t rest = (int64_t)(dividend - ((uint64_t)first * divisor << 16));
  // A digit estimated from the upper half of the divisor is at most 2 too large, and the rest is seen to be negative.
  for (; rest < 0; first--) rest += (int64_t)divisor << 16;
  uint32_t second = (uint32_t)(rest >> 16) / upper;
  rest -= (int64_t)((uint64_t)second * divisor);
  for (; rest < 0; second--) rest += divisor;
  return (first << 16) + second;
}

/// The quotient by a divisor below 2³².
static uint64_t divide_by_word(uint64_t dividend, uint32_t divisor) {
  if (dividend <= UINT32_MAX) return (uint32_t)dividend / divisor;
  const uint32_t upper = (uint32_t)(dividend >> 32) / divisor;
  const uint64_t rest = dividend - ((uint64_t)(upper * divisor) << 32);
  const int shift = __builtin_clz(divisor);
  return (uint64_t)upper << 32 | carithmetic_quotient_by_word(rest << shift, divisor << shift);
}

/// The quotient by a divisor from 2³² on: of half the dividend and the divisor's upper 32 bits, at most 1 too large
/// (Hacker's Delight, 9-5).
static uint64_t divide_by_pair(uint64_t dividend, uint64_t divisor) {
  if (dividend < divisor) return 0;
  const int shift = __builtin_clzll(divisor);
  const uint32_t upper = (uint32_t)(divisor << shift >> 32);
  const uint64_t quotient = ((uint64_t)carithmetic_quotient_by_word(dividend >> 1, upper) << shift >> 31) - 1;
  return dividend - quotient * divisor >= divisor ? quotient + 1 : quotient;
}

uint64_t carithmetic_i64_div_u(uint64_t dividend, uint64_t divisor) {
  if (divisor > UINT32_MAX) return divide_by_pair(dividend, divisor);
  if (divisor == 0) return carithmetic_trap_divide_by_zero();
  return divide_by_word(dividend, (uint32_t)divisor);
}

uint64_t carithmetic_i64_rem_u(uint64_t dividend, uint64_t divisor) {
  return dividend - carithmetic_i64_div_u(dividend, divisor) * divisor;
}

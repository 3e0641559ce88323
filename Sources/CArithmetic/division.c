#include "CArithmetic.h"
#include "reciprocal.h"
#include "traps.h"

// Quotients of 64 bits by multiplication with a reciprocal of the divisor's upper 32 bits. All estimates are too small, so that
// what is left of the dividend is never negative, and a second estimate is taken of it. The last one is corrected.

/// The quotient of two numbers below 2³² or of a greater one and one below 2³².
static inline uint64_t divide_by_word(uint64_t dividend, uint32_t divisor) {
  if (dividend <= UINT32_MAX) return (uint32_t)dividend / divisor;
  const uint32_t upper = (uint32_t)(dividend >> 32) / divisor;
  const int shift = __builtin_clz(divisor);
  uint64_t rest = (dividend - ((uint64_t)(upper * divisor) << 32)) << shift;
  divisor <<= shift;
  const uint64_t reciprocal = reciprocal_of_word(divisor);
  const uint64_t first = (rest >> 32) * reciprocal >> 31;
  // Too small by less than 13: by 2 for the bits that are left out, by 10 for the reciprocal, and by 1.
  rest -= first * divisor;
  const uint64_t second = (rest >> 5) * reciprocal >> 58;
  rest -= second * divisor;
  const uint64_t lower = first + second + (rest >= divisor);
  return ((uint64_t)upper << 32) + lower;
}

/// The quotient by a divisor from 2³² on.
static inline uint64_t divide_by_pair(uint64_t dividend, uint64_t divisor) {
  const int shift = __builtin_clzll(divisor);
  const uint64_t reciprocal = reciprocal_of_word((uint32_t)(divisor << shift >> 32));
  uint64_t quotient = (dividend >> 32) * reciprocal >> (63 - shift);
  // Too small by less than 13, for the same reasons; the next one by less than 3.
  uint64_t rest = dividend - quotient * divisor;
  const uint64_t second = (rest >> 32) * reciprocal >> (63 - shift);
  rest -= second * divisor;
  quotient += second;
  for (; rest >= divisor; rest -= divisor) quotient++;
  return quotient;
}

uint64_t carithmetic_i64_div_u(uint64_t dividend, uint64_t divisor) {
  if (divisor > UINT32_MAX) return divide_by_pair(dividend, divisor);
  if (divisor == 0) return carithmetic_trap_divide_by_zero();
  return divide_by_word(dividend, (uint32_t)divisor);
}

uint64_t carithmetic_i64_rem_u(uint64_t dividend, uint64_t divisor) {
  return dividend - carithmetic_i64_div_u(dividend, divisor) * divisor;
}

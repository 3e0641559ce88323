#include "CArithmetic.h"
#include "traps.h"

// A quotient is rounded towards zero and a remainder has the sign of the dividend, so both follow from the magnitudes.
// −2ⁿ⁻¹ / −1 is the only quotient out of range; its remainder is 0.
//
// Branches on signs cost two tokens, the usual way to a magnitude, by exclusive or and subtraction, twelve or more.

static uint32_t divide_words(uint32_t dividend, uint32_t divisor) {
  return divisor == 0 ? (uint32_t)carithmetic_trap_divide_by_zero() : dividend / divisor;
}

uint32_t carithmetic_i32_div_s(uint32_t dividend, uint32_t divisor) {
  if ((int32_t)divisor >= 0) {
    if ((int32_t)dividend >= 0) return divide_words(dividend, divisor);
    return -divide_words(-dividend, divisor);
  }
  if ((int32_t)dividend >= 0) return -divide_words(dividend, -divisor);
  if (dividend == UINT32_C(1) << 31 && divisor == UINT32_MAX) return (uint32_t)carithmetic_trap_overflow();
  return divide_words(-dividend, -divisor);
}

static uint32_t remainder_of_words(uint32_t dividend, uint32_t divisor) {
  return divisor == 0 ? (uint32_t)carithmetic_trap_divide_by_zero() : dividend % divisor;
}

uint32_t carithmetic_i32_rem_s(uint32_t dividend, uint32_t divisor) {
  if ((int32_t)divisor < 0) divisor = -divisor;
  if ((int32_t)dividend >= 0) return remainder_of_words(dividend, divisor);
  return -remainder_of_words(-dividend, divisor);
}

uint64_t carithmetic_i64_div_s(uint64_t dividend, uint64_t divisor) {
  if ((int64_t)divisor >= 0) {
    if ((int64_t)dividend >= 0) return carithmetic_i64_div_u(dividend, divisor);
    return -carithmetic_i64_div_u(-dividend, divisor);
  }
  if ((int64_t)dividend >= 0) return -carithmetic_i64_div_u(dividend, -divisor);
  if (dividend == UINT64_C(1) << 63 && divisor == UINT64_MAX) return carithmetic_trap_overflow();
  return carithmetic_i64_div_u(-dividend, -divisor);
}

uint64_t carithmetic_i64_rem_s(uint64_t dividend, uint64_t divisor) {
  if ((int64_t)divisor < 0) divisor = -divisor;
  if ((int64_t)dividend >= 0) return carithmetic_i64_rem_u(dividend, divisor);
  return -carithmetic_i64_rem_u(-dividend, divisor);
}

#ifndef CARITHMETIC_RECIPROCAL_H
#define CARITHMETIC_RECIPROCAL_H

#include <stdint.h>

/// 2⁶³ divided by a number whose highest bit is set, or by up to 1 more than that number; too small by less than 2⁻²⁸ of itself.
///
/// Half of the number's bits give half of the quotient's, wrong by less than 2⁻¹⁵ of itself, and a step of Newton's method squares
/// that; what the shifts cut off is below 2⁻³⁰. Taking 2¹⁷ off makes the result smaller by as much as adding 1 to the number.
static inline uint64_t reciprocal_of_word(uint32_t number) {
  const uint64_t estimate = UINT32_MAX / (number >> 16);
  return estimate * (((UINT64_C(1) << 49) - (UINT64_C(1) << 17) - estimate * number) >> 16) >> 17;
}

#endif

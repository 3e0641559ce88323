#define FORMAT 32

#include "format.h"

#include "rounding.h"

#include "addition.h"
#include "comparison.h"
#include "integers.h"
#include "integral.h"
#include "product.h"
#include "root.h"

/// Of the 64-bit format: the width of the fraction, how far a significand is from the left, the greatest field and the bias.
enum { WIDE_FRACTION_WIDTH = 52, WIDE_GUARD_WIDTH = 11, WIDE_GREATEST_FIELD = 2047, WIDE_BIAS = 1023 };

uint32_t carithmetic_f32_demote_f64(uint64_t a) {
  const int32_t sign = (int64_t)a < 0 ? SIGN_OF_FIELD : 0;
  const int32_t wide_field = (int32_t)(a >> WIDE_FRACTION_WIDTH) & WIDE_GREATEST_FIELD;
  const uint64_t significand = a << WIDE_GUARD_WIDTH | UINT64_C(1) << 63;
  if (wide_field == WIDE_GREATEST_FIELD && significand != UINT64_C(1) << 63) return CANONICAL_NAN;
  // Where this goes wrong, for an infinity and for numbers below the 64-bit format's normal ones, the field decides alone.
  if (wide_field == 0) return (uint32_t)sign << FRACTION_WIDTH;
  return rounded(sign, wide_field - WIDE_BIAS + BIAS, SIGNIFICAND_OF_PAIR(significand));
}

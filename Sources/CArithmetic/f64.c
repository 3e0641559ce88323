#define FORMAT 64

#include "format.h"

#include "rounding.h"

#include "addition.h"
#include "comparison.h"
#include "integers.h"
#include "integral.h"
#include "product.h"
#include "root.h"

/// Of the 32-bit format: the width of the fraction, the greatest field and the bias.
enum { NARROW_FRACTION_WIDTH = 23, NARROW_GREATEST_FIELD = 255, NARROW_BIAS = 127 };

uint64_t carithmetic_f64_promote_f32(uint32_t a) {
  const uint32_t magnitude = a & INT32_MAX;
  const uint64_t sign = (int32_t)a < 0 ? SIGN : 0;
  const int32_t narrow_field = (int32_t)(magnitude >> NARROW_FRACTION_WIDTH);
  uint64_t shifted = (uint64_t)magnitude << (FRACTION_WIDTH - NARROW_FRACTION_WIDTH);
  if (narrow_field == 0) {
    if (magnitude == 0) return sign;
    // The leading 1 is moved to where it makes the field one greater.
    const int32_t lost = __builtin_clz(magnitude) - (31 - NARROW_FRACTION_WIDTH);
    return (sign | (Bits)(BIAS - NARROW_BIAS - lost) << FRACTION_WIDTH) + (shifted << lost);
  }
  if (narrow_field == NARROW_GREATEST_FIELD) {
    return magnitude == (uint32_t)NARROW_GREATEST_FIELD << NARROW_FRACTION_WIDTH ? sign | INFINITE : CANONICAL_NAN;
  }
  return sign | (shifted + ((Bits)(BIAS - NARROW_BIAS) << FRACTION_WIDTH));
}

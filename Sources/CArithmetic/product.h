// Included behind rounding.h: multiplication and division.

#include "reciprocal.h"

/// A significand between LEADING and 2 · LEADING with its field, which may be out of range.
typedef struct {
  int32_t field;
  Bits significand;
} Scaled;

/// The significand of a number that is normal.
static inline Bits normal_significand(Bits a) { return (a & FRACTION) | LEADING; }

/// A number that is subnormal.
static inline Scaled scaled(Bits a) {
  const Bits fraction = a & FRACTION;
  const int32_t lost = LEADING_ZEROS(fraction) - GUARD_WIDTH;
  return (Scaled){1 - lost, fraction << lost};
}

/// Whether the number is neither 0 nor subnormal nor infinite nor a NaN.
static inline bool is_normal(int32_t field) { return (uint32_t)field - 1 < GREATEST_FIELD - 1; }

/// Whether the number is 0, an infinity or a NaN.
static inline bool is_special(Bits a, int32_t field) { return field == GREATEST_FIELD || (field == 0 && a << 1 == 0); }

/// The product of two significands from the left, where its last bit tells of what is behind.
static inline Bits product_of_significands(Bits a, Bits b) {
#if FORMAT == 32
  const uint64_t product = (uint64_t)a * b << 2 * GUARD_WIDTH;
  return (uint32_t)(product >> 32) | ((uint32_t)product != 0);
#else
  // Parts of 32 and 21 bits; 2 · 21 bits of the product are behind the last one.
  const uint64_t part = (1 << 21) - 1;
  const uint64_t upper_a = a >> 21, lower_a = a & part, upper_b = b >> 21, lower_b = b & part;
  const uint64_t last = lower_a * lower_b, middle = upper_a * lower_b + lower_a * upper_b + (last >> 21);
  const uint32_t rest = ((uint32_t)last | (uint32_t)middle) & (uint32_t)part;
  return (upper_a * upper_b + (middle >> 21)) | (rest != 0);
#endif
}

static inline Bits product_with_special(Bits a, Bits b, Bits sign) {
  if (is_nan(a) || is_nan(b)) return CANONICAL_NAN;
  const Bits first = a & ~SIGN, second = b & ~SIGN;
  if (first != INFINITE && second != INFINITE) return sign;
  return first == 0 || second == 0 ? CANONICAL_NAN : sign | INFINITE;
}

Bits OPERATION(mul)(Bits a, Bits b) {
  const int32_t sign = (signed_field(a) ^ signed_field(b)) & SIGN_OF_FIELD;
  Scaled first = {field(a), normal_significand(a)}, second = {field(b), normal_significand(b)};
  if (!is_normal(first.field) || !is_normal(second.field)) {
    if (is_special(a, first.field) || is_special(b, second.field)) {
      return product_with_special(a, b, (Bits)sign << FRACTION_WIDTH);
    }
    if (first.field == 0) first = scaled(a);
    if (second.field == 0) second = scaled(b);
  }
  const Bits product = product_of_significands(first.significand, second.significand);
  // A product is less than 4: its highest bit or the next one is set.
  const int32_t lost = is_negative(product) ? 0 : 1;
  return rounded(sign, first.field + second.field - BIAS + 1 - lost, product << lost);
}

#if FORMAT == 32
/// The quotient of significands of which the first is not less, from the left, where its last bit tells of what is behind.
static inline Bits quotient_of_significands(Bits a, Bits b) {
  // Digits of eight bits, the first 1: what is left of the dividend and eight more bits fit in a word.
  uint32_t quotient = 1, rest = a - b;
  for (int digit = 0; digit < 3; digit++) {
    rest <<= 8;
    quotient = quotient << 8 | rest / b;
    rest %= b;
  }
  return quotient << 7 | (rest != 0);
}
#else
static inline Bits quotient_of_significands(Bits a, Bits b) {
  const uint64_t reciprocal = reciprocal_of_word((uint32_t)(b >> 21));
  // Two digits of 27 bits, too small by less than 2 each; then the next one is larger, and the last one is corrected.
  const uint64_t first = (a >> 22) * reciprocal >> 35;
  uint64_t rest = (a << 27) - first * b;
  const uint64_t second = (rest >> 22) * reciprocal >> 35;
  rest = (rest << 27) - second * b;
  uint64_t quotient = (first << 27) + second;
  for (; rest >= b; rest -= b) quotient++;
  return quotient << 9 | (rest != 0);
}
#endif

static inline Bits quotient_with_special(Bits a, Bits b, Bits sign) {
  if (is_nan(a) || is_nan(b)) return CANONICAL_NAN;
  const Bits first = a & ~SIGN, second = b & ~SIGN;
  if (first == second && (first == 0 || first == INFINITE)) return CANONICAL_NAN;
  return first == INFINITE || second == 0 ? sign | INFINITE : sign;
}

Bits OPERATION(div)(Bits a, Bits b) {
  const int32_t sign = (signed_field(a) ^ signed_field(b)) & SIGN_OF_FIELD;
  Scaled first = {field(a), normal_significand(a)}, second = {field(b), normal_significand(b)};
  if (!is_normal(first.field) || !is_normal(second.field)) {
    if (is_special(a, first.field) || is_special(b, second.field)) {
      return quotient_with_special(a, b, (Bits)sign << FRACTION_WIDTH);
    }
    if (first.field == 0) first = scaled(a);
    if (second.field == 0) second = scaled(b);
  }
  const int32_t doubled = first.significand < second.significand ? 1 : 0;
  const Bits quotient = quotient_of_significands(first.significand << doubled, second.significand);
  return rounded(sign, first.field - second.field + BIAS - doubled, quotient);
}

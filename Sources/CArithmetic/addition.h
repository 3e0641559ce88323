// Included behind rounding.h: addition; a difference is the sum with the second sign changed.

/// The sum of two numbers that are not normal; the field is 0 for both.
static inline Bits sum_of_tiny(Bits a, Bits b) {
  if (is_negative(a) == is_negative(b)) return a + (b & ~SIGN);
  const Bits first = a & ~SIGN, second = b & ~SIGN;
  if (first == second) return 0;
  return first > second ? a - second : b - first;
}

/// The sum where the first field is the greatest there is.
static inline Bits sum_with_infinite(Bits a, Bits b) {
  if (is_nan(a) || is_nan(b)) return CANONICAL_NAN;
  return (a ^ b) == SIGN ? CANONICAL_NAN : a;
}

/// The significand of the operand with the smaller exponent, moved to where that of the other one is; what leaves it on the right
/// matters once that are more than the guard bits.
static inline Bits aligned(Bits significand, int32_t distance) {
  return distance > GUARD_WIDTH ? shifted_right(significand, distance) : significand >> distance;
}

Bits OPERATION(add)(Bits a, Bits b) {
  int32_t field_of_a = field(a), field_of_b = field(b);
  if (field_of_a < field_of_b) {
    const Bits other = a;
    const int32_t other_field = field_of_a;
    a = b, field_of_a = field_of_b;
    b = other, field_of_b = other_field;
  }
  if (field_of_a == GREATEST_FIELD) return sum_with_infinite(a, b);
  if (field_of_a == 0) return sum_of_tiny(a, b);
  const Bits first = a << GUARD_WIDTH | SIGN;
  Bits second = b << GUARD_WIDTH;
  if (field_of_b == 0) {
    if (second == 0) return a;
    field_of_b = 1;
  } else {
    second |= SIGN;
  }
  second = aligned(second, field_of_a - field_of_b);
  int32_t sign = is_negative(a) ? SIGN_OF_FIELD : 0;
  Bits significand;
  if (is_negative(a) == is_negative(b)) {
    significand = first + second;
    if (significand < first) {
      significand = significand >> 1 | (significand & 1) | SIGN;
      field_of_a++;
    }
  } else {
    significand = first - second;
    if (first < second) {
      significand = -significand;
      sign ^= SIGN_OF_FIELD;
    }
    if (significand == 0) return 0;
    const int32_t lost = LEADING_ZEROS(significand);
    significand <<= lost;
    field_of_a -= lost;
  }
  return rounded(sign, field_of_a, significand);
}

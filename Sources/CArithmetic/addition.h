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

/// The sum where the first field is not less than the second and not 0.
static inline Bits ordered_sum(Bits a, Bits b, int32_t field_of_a, int32_t field_of_b) {
  if (field_of_a == GREATEST_FIELD) return sum_with_infinite(a, b);
  const Bits first = a << GUARD_WIDTH | SIGN;
  Bits second = b << GUARD_WIDTH | SIGN;
  int32_t distance = field_of_a - field_of_b;
  if (field_of_b == 0) {
    second = b << GUARD_WIDTH;
    if (second == 0) return a;
    distance--;
  }
  // What leaves on the right matters once it is more than the guard bits.
  if (distance > GUARD_WIDTH) {
    second = shifted_right(second, distance);
  } else {
    second >>= distance;
  }
  int32_t sign = is_negative(a) ? SIGN_OF_FIELD : 0;
  if (is_negative(a) == is_negative(b)) {
    const Bits sum = first + second;
    if (sum >= first) return rounded(sign, field_of_a, sum);
    return rounded(sign, field_of_a + 1, sum >> 1 | (sum & 1) | SIGN);
  }
  Bits difference = first - second;
  if (first < second) {
    difference = -difference;
    sign ^= SIGN_OF_FIELD;
  }
  if (difference == 0) return 0;
  const int32_t lost = LEADING_ZEROS(difference);
  return rounded(sign, field_of_a - lost, difference << lost);
}

Bits OPERATION(add)(Bits a, Bits b) {
  const int32_t field_of_a = field(a), field_of_b = field(b);
  if (field_of_a < field_of_b) return ordered_sum(b, a, field_of_b, field_of_a);
  if (field_of_a == 0) return sum_of_tiny(a, b);
  return ordered_sum(a, b, field_of_a, field_of_b);
}

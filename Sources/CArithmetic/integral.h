// Included behind format.h: rounding to integers.

/// The bits of the fraction that stand for less than 1; from 2 to the power of FRACTION_WIDTH on there are none.
static inline Bits below_one(int32_t field) { return FRACTION >> (field - BIAS); }

/// Whether a number is what rounding leaves it: an integer for its magnitude, or an infinity.
static inline bool is_integral(int32_t field) { return field >= BIAS + FRACTION_WIDTH; }

Bits OPERATION(trunc)(Bits a) {
  const int32_t field_of_a = field(a);
  if (is_integral(field_of_a)) return is_nan(a) ? CANONICAL_NAN : a;
  if (field_of_a < BIAS) return a & SIGN;
  return a & ~below_one(field_of_a);
}

/// An integer away from 0 is reached by adding almost 1, which may carry into the exponent, and truncating.
static inline Bits rounded_away(Bits a, int32_t field) {
  const Bits fraction = below_one(field);
  return (a + fraction) & ~fraction;
}

Bits OPERATION(floor)(Bits a) {
  if (!is_negative(a)) return OPERATION(trunc)(a);
  const int32_t field_of_a = field(a);
  if (is_integral(field_of_a)) return is_nan(a) ? CANONICAL_NAN : a;
  if (field_of_a < BIAS) return a == SIGN ? a : SIGN | POWER(0);
  return rounded_away(a, field_of_a);
}

Bits OPERATION(ceil)(Bits a) {
  if (is_negative(a)) return OPERATION(trunc)(a);
  const int32_t field_of_a = field(a);
  if (is_integral(field_of_a)) return is_nan(a) ? CANONICAL_NAN : a;
  if (field_of_a < BIAS) return a == 0 ? a : POWER(0);
  return rounded_away(a, field_of_a);
}

Bits OPERATION(nearest)(Bits a) {
  const int32_t field_of_a = field(a);
  if (is_integral(field_of_a)) return is_nan(a) ? CANONICAL_NAN : a;
  if (field_of_a < BIAS - 1) return a & SIGN;
  if (field_of_a == BIAS - 1) return (a & FRACTION) == 0 ? a & SIGN : (a & SIGN) | POWER(0);
  const Bits fraction = below_one(field_of_a), half = fraction - (fraction >> 1);
  const Bits sum = a + half;
  // A tie was rounded away from 0, and is taken back to the even neighbour.
  return (sum & fraction) == 0 ? sum & ~(fraction + fraction + 1) : sum & ~fraction;
}

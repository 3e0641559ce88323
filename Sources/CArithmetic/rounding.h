// Included behind format.h.

/// The significand, shifted to the right; what leaves sets the last bit if it is not 0.
static inline Bits shifted_right(Bits significand, int32_t distance) {
  if (distance >= FORMAT) return 1;
  return significand >> distance | (significand << (FORMAT - distance) != 0);
}

/// The number with a significand of FORMAT bits, the highest of them set, rounded to nearest, ties to even.
///
/// `sign` is 0 or SIGN_OF_FIELD; the field may be out of range on both sides. If more bits are to be told of, the last one is set.
static inline Bits rounded(int32_t sign, int32_t field, Bits significand) {
  if (field >= GREATEST_FIELD) return ((Bits)sign << FRACTION_WIDTH) | INFINITE;
  if (field <= 0) {
    significand = shifted_right(significand, 1 - field);
    field = 1;
  }
  // The leading 1 makes the field one greater, and so does a carry out of the fraction.
  const Bits below = (significand >> GUARD_WIDTH) + ((Bits)(sign + field - 1) << FRACTION_WIDTH);
  const uint32_t rest = (uint32_t)significand << (32 - GUARD_WIDTH), half = UINT32_C(1) << 31;
  if (rest < half) return below;
  return rest == half ? below + (below & 1) : below + 1;
}

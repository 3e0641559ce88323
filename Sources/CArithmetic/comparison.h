// Included behind format.h: the six comparisons, as 0 or 1, but for `ne`, which is `eq` inverted.

uint32_t OPERATION(eq)(Bits a, Bits b) {
  if (a == b) return !is_nan(a);
  if (a == 0) return b == SIGN;
  return a == SIGN && b == 0;
}

static inline uint32_t is_less(Bits a, Bits b) {
  if (!is_negative(a)) {
    if (is_negative(b)) return 0;
    return a < b && b <= INFINITE;
  }
  if (is_negative(b)) return a > b && a <= (SIGN | INFINITE);
  if (b > INFINITE) return 0;
  // The zeros are equal.
  return a <= (SIGN | INFINITE) && (a != SIGN || b != 0);
}

static inline uint32_t is_not_greater(Bits a, Bits b) {
  if (!is_negative(a)) {
    if (is_negative(b)) return a == 0 && b == SIGN;
    return a <= b && b <= INFINITE;
  }
  if (is_negative(b)) return a >= b && a <= (SIGN | INFINITE);
  return b <= INFINITE && a <= (SIGN | INFINITE);
}

uint32_t OPERATION(lt)(Bits a, Bits b) { return is_less(a, b); }
uint32_t OPERATION(gt)(Bits a, Bits b) { return is_less(b, a); }
uint32_t OPERATION(le)(Bits a, Bits b) { return is_not_greater(a, b); }
uint32_t OPERATION(ge)(Bits a, Bits b) { return is_not_greater(b, a); }

/// −0 is less than 0 here.
Bits OPERATION(min)(Bits a, Bits b) {
  if (is_nan(a) || is_nan(b)) return CANONICAL_NAN;
  if (is_negative(a) && is_negative(b)) return a > b ? a : b;
  return (SignedBits)a < (SignedBits)b ? a : b;
}

Bits OPERATION(max)(Bits a, Bits b) {
  if (is_nan(a) || is_nan(b)) return CANONICAL_NAN;
  if (is_negative(a) && is_negative(b)) return a < b ? a : b;
  return (SignedBits)a > (SignedBits)b ? a : b;
}

// Included behind rounding.h: integers to numbers and back.

#include "traps.h"

#if FORMAT == 32
#define TO_INTEGER(target, sign) carithmetic_##target##_f32_##sign
/// A significand of 32 bits from one of 64, whose last bit tells of what is behind.
#define SIGNIFICAND_OF_PAIR(bits) ((uint32_t)((bits) >> 32) | ((uint32_t)(bits) != 0))
#define SIGNIFICAND_OF_WORD(bits) (bits)
#else
#define TO_INTEGER(target, sign) carithmetic_##target##_f64_##sign
#define SIGNIFICAND_OF_PAIR(bits) (bits)
#define SIGNIFICAND_OF_WORD(bits) ((uint64_t)(bits) << 32)
#endif

static inline Bits from_word(int32_t sign, uint32_t magnitude) {
  if (magnitude == 0) return 0;
  const int32_t lost = __builtin_clz(magnitude);
  return rounded(sign, BIAS + 31 - lost, SIGNIFICAND_OF_WORD(magnitude << lost));
}

static inline Bits from_pair(int32_t sign, uint64_t magnitude) {
  if (magnitude == 0) return 0;
  const int32_t lost = __builtin_clzll(magnitude);
  return rounded(sign, BIAS + 63 - lost, SIGNIFICAND_OF_PAIR(magnitude << lost));
}

Bits OPERATION(convert_i32_u)(uint32_t a) { return from_word(0, a); }
Bits OPERATION(convert_i64_u)(uint64_t a) { return from_pair(0, a); }

Bits OPERATION(convert_i32_s)(uint32_t a) {
  const bool has_sign = (int32_t)a < 0;
  return from_word(has_sign ? SIGN_OF_FIELD : 0, has_sign ? -a : a);
}

Bits OPERATION(convert_i64_s)(uint64_t a) {
  const bool has_sign = (int64_t)a < 0;
  return from_pair(has_sign ? SIGN_OF_FIELD : 0, has_sign ? -a : a);
}

/// The integer part of a number of a magnitude below 2³².
static inline uint32_t truncated_to_word(Bits a) {
  const int32_t exponent = field(a) - BIAS;
  if (exponent < 0) return 0;
  const uint32_t magnitude = (uint32_t)((a << GUARD_WIDTH | SIGN) >> (FORMAT - 32)) >> (31 - exponent);
  return is_negative(a) ? -magnitude : magnitude;
}

/// The integer part of a number of a magnitude below 2⁶⁴.
static inline uint64_t truncated_to_pair(Bits a) {
  const int32_t exponent = field(a) - BIAS;
  if (exponent < 0) return 0;
  const uint64_t magnitude = (uint64_t)(a << GUARD_WIDTH | SIGN) << (64 - FORMAT) >> (63 - exponent);
  return is_negative(a) ? -magnitude : magnitude;
}

/// Whether the integer part is at least 0 and has so many bits.
static inline bool fits_unsigned(Bits a, int width) {
  return is_negative(a) ? a < (SIGN | POWER(0)) : a < POWER(width);
}

/// Whether the integer part has so many bits, the sign included.
static inline bool fits_signed(Bits a, int width) {
  const Bits below_least = POWER(width - 1) + (FRACTION_WIDTH < width ? 1 : LEADING >> (width - 1));
  return is_negative(a) ? a < (SIGN | below_least) : a < POWER(width - 1);
}

static inline uint64_t trap_beyond_range(Bits a) {
  return is_nan(a) ? carithmetic_trap_invalid_conversion() : carithmetic_trap_overflow();
}

uint32_t TO_INTEGER(i32_trunc, s)(Bits a) {
  return fits_signed(a, 32) ? truncated_to_word(a) : (uint32_t)trap_beyond_range(a);
}

uint32_t TO_INTEGER(i32_trunc, u)(Bits a) {
  return fits_unsigned(a, 32) ? truncated_to_word(a) : (uint32_t)trap_beyond_range(a);
}

uint64_t TO_INTEGER(i64_trunc, s)(Bits a) {
  return fits_signed(a, 64) ? truncated_to_pair(a) : trap_beyond_range(a);
}

uint64_t TO_INTEGER(i64_trunc, u)(Bits a) {
  return fits_unsigned(a, 64) ? truncated_to_pair(a) : trap_beyond_range(a);
}

uint32_t TO_INTEGER(i32_trunc_sat, s)(Bits a) {
  if (fits_signed(a, 32)) return truncated_to_word(a);
  if (is_nan(a)) return 0;
  return is_negative(a) ? UINT32_C(1) << 31 : INT32_MAX;
}

uint32_t TO_INTEGER(i32_trunc_sat, u)(Bits a) {
  if (fits_unsigned(a, 32)) return truncated_to_word(a);
  return is_nan(a) || is_negative(a) ? 0 : UINT32_MAX;
}

uint64_t TO_INTEGER(i64_trunc_sat, s)(Bits a) {
  if (fits_signed(a, 64)) return truncated_to_pair(a);
  if (is_nan(a)) return 0;
  return is_negative(a) ? UINT64_C(1) << 63 : INT64_MAX;
}

uint64_t TO_INTEGER(i64_trunc_sat, u)(Bits a) {
  if (fits_unsigned(a, 64)) return truncated_to_pair(a);
  return is_nan(a) || is_negative(a) ? 0 : UINT64_MAX;
}

/* What splits and joins the parts of a floating-point number: exact. */
#include <math.h>
#include <stdint.h>

static uint64_t bits_of(double value) {
  union {
    double value;
    uint64_t bits;
  } number = {value};
  return number.bits;
}

static double from_bits(uint64_t bits) {
  union {
    uint64_t bits;
    double value;
  } number = {bits};
  return number.value;
}

double frexp(double value, int *exponent) {
  uint64_t bits = bits_of(value);
  int field = bits >> 52 & 0x7ff;
  *exponent = 0;
  if (field == 0x7ff || value == 0) return value;
  if (field == 0) {
    value = frexp(value * 0x1p64, exponent);
    *exponent -= 64;
    return value;
  }
  *exponent = field - 1022;
  return from_bits((bits & ~(0x7ffull << 52)) | 1022ull << 52);
}

/* Rounded once, where the result is below the smallest normal number. */
double ldexp(double value, int exponent) {
  for (; exponent > 1023; exponent -= 1023) {
    if (value == 0 || isinf(value)) return value;
    value *= 0x1p1023;
  }
  // In one step more than the smallest normal number needs, so that digits are lost by the last product only.
  for (; exponent < -1022; exponent += 969) {
    if (value == 0) return value;
    value *= 0x1p-969;
  }
  return value * from_bits((uint64_t)(exponent + 1023) << 52);
}

/* The significand as a whole number, and the power of two that it is to be multiplied by. */
static uint64_t split_double(double value, int *exponent) {
  double part = frexp(value, exponent);
  *exponent -= 53;
  return (bits_of(part) & ((1ull << 52) - 1)) | 1ull << 52;
}

double fmod(double value, double divisor) {
  double size = fabs(value), step = fabs(divisor);
  if (isnan(value) || isnan(divisor) || isinf(value) || step == 0) return NAN;
  if (size < step || isinf(divisor)) return value;
  int exponent, lower;
  uint64_t rest = split_double(size, &exponent), unit = split_double(step, &lower);
  for (; exponent > lower && rest; exponent--) {
    if (rest >= unit) rest -= unit;
    rest <<= 1;
  }
  if (rest >= unit) rest -= unit;
  return copysign(ldexp(rest, lower), value);
}

/*
 * Exponentials, logarithms and the trigonometric functions, by their series on a short interval. Errors are a few units in the
 * last place, with two exceptions: pow with an exponent that is not a whole number up to 64 is off by about |y ln x| units, and
 * sin, cos and tan lose digits with the size of the angle, all of them from 10^9 on.
 */
#include <math.h>

/* ln 2 in two parts: the first has so few bits that its products with exponents are exact. */
static const double upperLn2 = 0x1.62e42fee00000p-1, lowerLn2 = 0x1.a39ef35793c76p-33;

/* e^x for |x| up to (ln 2) / 2. */
static double exp_near_0(double x) {
  double sum = 1;
  for (int n = 13; n > 0; n--) sum = 1 + sum * x / n;
  return sum;
}

double exp(double value) {
  if (isnan(value)) return value;
  if (value > 710) return INFINITY;
  if (value < -746) return 0;
  double power = rint(value * 1.44269504088896340736);
  return ldexp(exp_near_0(value - power * upperLn2 - power * lowerLn2), power);
}

double exp2(double value) {
  if (isnan(value)) return value;
  if (value > 1025) return INFINITY;
  if (value < -1080) return 0;
  double power = rint(value);
  return ldexp(exp_near_0((value - power) * M_LN2), power);
}

/* Splits a positive number into 2^power and the logarithm of what remains, between the roots of 1/2 and 2. */
static double log_part(double value, int *power) {
  double rest = frexp(value, power);
  if (rest < 0.70710678118654752440) {
    rest *= 2;
    --*power;
  }
  double s = (rest - 1) / (rest + 1), z = s * s, sum = 0;
  for (int n = 21; n > 1; n -= 2) sum = (sum + 1.0 / n) * z;
  return 2 * s + 2 * s * sum;
}

/* Whether the logarithm is not a number's: then it is in `result`. */
static int is_outside_log(double value, double *result) {
  *result = value == 0 ? -INFINITY : value < 0 ? NAN : value;
  return !(value > 0) || isinf(value);
}

double log(double value) {
  double result;
  int power;
  if (is_outside_log(value, &result)) return result;
  double part = log_part(value, &power);
  return power * upperLn2 + (part + power * lowerLn2);
}

double log2(double value) {
  double result;
  int power;
  if (is_outside_log(value, &result)) return result;
  double part = log_part(value, &power);
  return power + part * 1.44269504088896340736;
}

double log10(double value) {
  double result = log(value) * 0.43429448190325182765, whole = rint(result), power = 1;
  if (!(fabs(result) <= 22)) return result;
  // Powers of ten are to have whole logarithms.
  for (int n = fabs(whole); n > 0; n--) power *= 10;
  return value == (whole < 0 ? 1 / power : power) ? whole : result;
}

static double whole_power(double base, unsigned exponent) {
  double result = 1;
  for (; exponent; exponent >>= 1) {
    if (exponent & 1) result *= base;
    if (exponent > 1) base *= base;
  }
  return result;
}

double pow(double base, double exponent) {
  if (exponent == 0 || base == 1) return 1;
  if (isnan(base) || isnan(exponent)) return NAN;
  double whole = trunc(exponent), size = fabs(base);
  int isWhole = whole == exponent, isOdd = isWhole && fmod(whole, 2) != 0;
  if (isWhole && fabs(exponent) <= 64) {
    double power = whole_power(base, fabs(exponent));
    if (isfinite(power) && power != 0) return exponent < 0 ? 1 / power : power;
  }
  double result;
  if (isinf(exponent)) {
    result = size == 1 ? 1 : (size > 1) == (exponent > 0) ? INFINITY : 0;
  } else if (size == 0 || isinf(size)) {
    result = (size == 0) == (exponent > 0) ? 0 : INFINITY;
  } else if (base < 0 && !isWhole) {
    return NAN;
  } else {
    result = exp(exponent * log(size));
  }
  return signbit(base) && isOdd ? -result : result;
}

/* Both for |x| up to pi/4. */
static double sin_near_0(double x) {
  double z = x * x, sum = 1;
  for (int n = 17; n > 1; n -= 2) sum = 1 - sum * z / (n * (n - 1));
  return x * sum;
}

static double cos_near_0(double x) {
  double z = x * x, sum = 1;
  for (int n = 18; n > 0; n -= 2) sum = 1 - sum * z / (n * (n - 1));
  return sum;
}

/* Takes quarters of a turn away from an angle; returns how many, modulo 4. */
static int remove_quarters(double *angle) {
  // pi/2 in three parts, the first two of 33 bits.
  double count = rint(*angle * 0.63661977236758134308);
  *angle = *angle - count * 0x1.921fb54400000p+0 - count * 0x1.0b4611a600000p-34 - count * 0x1.3198a2e037073p-69;
  return (int)fmod(count, 4) & 3;
}

static double sin_of_quarters(double angle, int quarters) {
  double size = quarters & 1 ? cos_near_0(angle) : sin_near_0(angle);
  return quarters & 2 ? -size : size;
}

double sin(double angle) {
  if (!(fabs(angle) <= 0x1p52)) return NAN;
  int quarters = remove_quarters(&angle);
  return sin_of_quarters(angle, quarters);
}

double cos(double angle) {
  if (!(fabs(angle) <= 0x1p52)) return NAN;
  int quarters = remove_quarters(&angle);
  return sin_of_quarters(angle, quarters + 1);
}

double tan(double angle) {
  if (!(fabs(angle) <= 0x1p52)) return NAN;
  int quarters = remove_quarters(&angle);
  return sin_of_quarters(angle, quarters) / sin_of_quarters(angle, quarters + 1);
}

double atan(double value) {
  if (isnan(value)) return value;
  double size = fabs(value), base = 0;
  if (size > 1) {
    base = M_PI_2;
    size = -1 / size;
  }
  // Half the angle, and then half of that.
  for (int i = 0; i < 2; i++) size = size / (1 + sqrt(1 + size * size));
  double z = size * size, sum = 0;
  for (int n = 19; n > 0; n -= 2) sum = 1.0 / n - sum * z;
  return copysign(base + 4 * size * sum, value);
}

double atan2(double y, double x) {
  if (isnan(x) || isnan(y)) return NAN;
  if (y == 0) return signbit(x) ? copysign(M_PI, y) : y;
  if (isinf(x) && isinf(y)) return copysign(x > 0 ? M_PI_2 / 2 : 3 * M_PI_2 / 2, y);
  double angle = x == 0 ? M_PI_2 : atan(fabs(y / x));
  return copysign(x < 0 ? M_PI - angle : angle, y);
}

double hypot(double x, double y) {
  if (isinf(x) || isinf(y)) return INFINITY;
  x = fabs(x);
  y = fabs(y);
  double greater = x > y ? x : y, ratio = x > y ? y / x : x / y;
  return greater == 0 || isinf(greater) ? greater : greater * sqrt(1 + ratio * ratio);
}

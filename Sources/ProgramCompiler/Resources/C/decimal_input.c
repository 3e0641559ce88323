/*
 * strtod: exact where the number has at most 19 digits, the digits without the point are a number up to 2^53 and the power of ten
 * is at most 22; else the last digits may be off by a few units in the last place. The decimal forms only.
 */
#include "tvm.h"
#include <ctype.h>
#include <stdlib.h>

/* value * 10^power, with as few roundings as there are factors. */
static double scale(double value, int power) {
  static const double powers[] = {1e1, 1e2, 1e4, 1e8, 1e16, 1e32, 1e64, 1e128, 1e256};
  // Each of these is exact.
  static const double small[] = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  int size = power < 0 ? -power : power;
  if (size <= 22) return power < 0 ? value / small[size] : value * small[size];
  // Through the subnormal numbers in two steps.
  if (power < -290) {
    value /= 1e32;
    size -= 32;
  }
  for (int i = 0; size && i < 9; size >>= 1, i++) {
    if (size & 1) value = power < 0 ? value / powers[i] : value * powers[i];
  }
  return size ? (power < 0 ? value * 0 : value * __builtin_huge_val()) : value;
}

/* Reads an exponent, if there is one; nothing is taken of one without digits. */
static const char *read_exponent(const char *text, int *power) {
  if ((*text | 32) != 'e') return text;
  const char *digits = text + 1;
  int isNegative = *digits == '-';
  if (*digits == '-' || *digits == '+') digits++;
  if (!isdigit(*digits)) return text;
  int value = 0;
  for (; isdigit(*digits); digits++) {
    if (value < 10000) value = value * 10 + *digits - '0';
  }
  *power += isNegative ? -value : value;
  return digits;
}

double strtod(const char *text, char **end) {
  const char *next = text;
  while (isspace(*next)) next++;
  int isNegative = *next == '-';
  if (*next == '-' || *next == '+') next++;
  unsigned long long mantissa = 0;
  int power = 0, hasDigits = 0, isBehindPoint = 0;
  for (;; next++) {
    if (*next == '.' && !isBehindPoint) {
      isBehindPoint = 1;
      continue;
    }
    if (!isdigit(*next)) break;
    hasDigits = 1;
    if (mantissa < 1000000000000000000ull) {
      mantissa = mantissa * 10 + (*next - '0');
      power -= isBehindPoint;
    } else {
      power += !isBehindPoint;
    }
  }
  if (end) *end = (char *)(hasDigits ? next : text);
  if (!hasDigits) return 0;
  next = read_exponent(next, &power);
  if (end) *end = (char *)next;
  double value = mantissa ? scale(mantissa, power) : 0;
  return isNegative ? -value : value;
}

double atof(const char *text) { return strtod(text, NULL); }

void tvm_take_number(struct tvm_source *source, char *text, int room) {
  int count = 0, next;
  int hasPoint = 0, hasExponent = 0;
  for (; count < room - 1; count++) {
    next = tvm_peek(source);
    int isSign = next == '+' || next == '-';
    if (isSign && count && (text[count - 1] | 32) != 'e') break;
    if (next == '.' && (hasPoint || hasExponent)) break;
    if ((next | 32) == 'e' && (hasExponent || !count)) break;
    if (next == EOF || !(isSign || next == '.' || (next | 32) == 'e' || isdigit(next))) break;
    hasPoint |= next == '.';
    hasExponent |= (next | 32) == 'e';
    text[count] = next;
    tvm_skip(source);
  }
  text[count] = 0;
}

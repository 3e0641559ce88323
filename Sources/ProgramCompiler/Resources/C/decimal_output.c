/*
 * %e, %f and %g: the digits are exact, however many are asked for, and rounded half to even, as they are by glibc. Nothing here
 * computes with floating-point numbers.
 */
#include "tvm.h"
#include <stdint.h>

enum {
  /* Four digits at a time. */
  groupBase = 10000,
  /* The greatest number has 309 digits before the point, the smallest 1,074 behind it. */
  greatestDigits = 309 + 1074 + 8,
  /* 1,074 bits, 16 at a time. */
  greatestLimbs = 68
};

/* A number below 1 in base 2^16; the limb at `first` is the first that is not 0, `end` is behind the last. */
struct fraction {
  unsigned short limbs[greatestLimbs];
  int first, end;
};

struct decimal {
  /* Characters, without leading zeros. */
  char digits[greatestDigits];
  int count;
  /* How many of them are before the decimal point; negative where zeros follow the point. */
  int point;
};

/* Splits mantissa * 2^exponent, a number with a part behind the point, into that part and the whole one. */
static uint64_t split(uint64_t mantissa, int exponent, struct fraction *fraction) {
  int bits = -exponent, end = (bits + 15) >> 4;
  uint64_t whole = bits < 64 ? mantissa >> bits : 0;
  if (bits < 64) mantissa &= (1ull << bits) - 1;
  // The lowest limb is filled up with zeros from below.
  int unused = end * 16 - bits, first = end;
  if (mantissa) fraction->limbs[--first] = mantissa << unused;
  for (mantissa >>= 16 - unused; mantissa; mantissa >>= 16) fraction->limbs[--first] = mantissa;
  fraction->first = first;
  fraction->end = end;
  return whole;
}

/* Multiplies by 10,000; returns the whole part. */
static unsigned next_group(struct fraction *fraction) {
  unsigned carry = 0;
  for (int i = fraction->end - 1; i >= fraction->first; i--) {
    unsigned product = fraction->limbs[i] * groupBase + carry;
    fraction->limbs[i] = product;
    carry = product >> 16;
  }
  if (carry && fraction->first > 0) {
    fraction->limbs[--fraction->first] = carry;
    carry = 0;
  }
  while (fraction->end > fraction->first && !fraction->limbs[fraction->end - 1]) fraction->end--;
  while (fraction->first < fraction->end && !fraction->limbs[fraction->first]) fraction->first++;
  return carry;
}

/* Puts four digits behind those there are; leading zeros only move the point. */
static void append_group(struct decimal *decimal, unsigned group) {
  char digits[4];
  for (int i = 3; i >= 0; i--) {
    unsigned rest = group / 10;
    digits[i] = '0' + group - rest * 10;
    group = rest;
  }
  for (int i = 0; i < 4; i++) {
    if (digits[i] != '0' || decimal->count) {
      decimal->digits[decimal->count++] = digits[i];
    } else {
      decimal->point--;
    }
  }
}

/* Appends the digits of mantissa * 2^exponent. */
static void append_whole(struct decimal *decimal, uint64_t mantissa, int exponent) {
  static unsigned short groups[78];
  int count = 0;
  for (int rest = 64 + exponent; rest > 0;) {
    // Sixteen bits more: of the mantissa first, zeros then.
    int bits = rest < 16 ? rest : 16;
    unsigned carry = rest > exponent ? (unsigned)(mantissa >> 48) : 0;
    if (rest > exponent) mantissa <<= 16;
    for (int i = 0; i < count; i++) {
      unsigned product = ((unsigned)groups[i] << bits) + carry;
      carry = product / groupBase;
      groups[i] = product - carry * groupBase;
    }
    for (; carry; count++) {
      unsigned next = carry / groupBase;
      groups[count] = carry - next * groupBase;
      carry = next;
    }
    rest -= bits;
  }
  decimal->point += 4 * count;
  while (count) append_group(decimal, groups[--count]);
}

/* Rounds to so many digits, half to even; `hasRest` says whether more than zeros would follow all there are. */
static void round_to(struct decimal *decimal, int count, int hasRest) {
  if (count >= decimal->count) return;
  if (count < 0) {
    decimal->count = 0;
    return;
  }
  for (int i = count + 1; i < decimal->count; i++) hasRest |= decimal->digits[i] != '0';
  int next = decimal->digits[count], isOdd = count > 0 && (decimal->digits[count - 1] & 1);
  decimal->count = count;
  if (next < '5' || (next == '5' && !hasRest && !isOdd)) return;
  while (count > 0 && decimal->digits[count - 1] == '9') count--;
  decimal->count = count;
  if (count) {
    decimal->digits[count - 1]++;
  } else {
    decimal->digits[decimal->count++] = '1';
    decimal->point++;
  }
}

/*
 * The digits of mantissa * 2^exponent, rounded: to so many behind the point, or to so many in all. Zeros at the end may be left
 * out.
 */
static void make_digits(struct decimal *decimal, uint64_t mantissa, int exponent, int count, int isFixed) {
  static struct fraction fraction;
  decimal->count = decimal->point = 0;
  fraction.first = fraction.end = 0;
  if (exponent < 0) {
    append_whole(decimal, split(mantissa, exponent, &fraction), 0);
  } else {
    append_whole(decimal, mantissa, exponent);
  }
  while (fraction.first < fraction.end && decimal->count <= (isFixed ? decimal->point + count : count)) {
    if (isFixed && decimal->point + count < 0) break;
    append_group(decimal, next_group(&fraction));
  }
  round_to(decimal, isFixed ? decimal->point + count : count, fraction.first < fraction.end);
  if (!decimal->count) decimal->point = isFixed ? 0 : 1;
}

/* So many digits from one on; zeros before the first and behind the last. */
static void put_run(struct tvm_sink *sink, struct decimal *decimal, int from, int count) {
  int zeros = from < 0 ? (-from < count ? -from : count) : 0;
  tvm_fill(sink, '0', zeros);
  from += zeros;
  count -= zeros;
  int known = decimal->count - from < count ? decimal->count - from : count;
  if (known > 0) tvm_put(sink, decimal->digits + from, known);
  tvm_fill(sink, '0', known > 0 ? count - known : count);
}

static int is_upper(int conversion) { return conversion < 'a'; }

static void put_special(struct tvm_sink *sink, const struct tvm_style *style, const char *text, char sign) {
  struct tvm_style spaces = *style;
  spaces.isZeroFilled = 0;
  tvm_put_field(sink, &spaces, &sign, sign != 0, 0, text, 3);
}

void tvm_put_double(struct tvm_sink *sink, double value, int conversion, const struct tvm_style *style) {
  static struct decimal decimal;
  union {
    double value;
    uint64_t bits;
  } number = {value};
  uint64_t mantissa = number.bits & ((1ull << 52) - 1);
  int exponent = number.bits >> 52 & 0x7ff, kind = conversion | 32;
  char sign = number.bits >> 63 ? '-' : style->sign;
  if (exponent == 0x7ff) {
    const char *text = mantissa ? is_upper(conversion) ? "NAN" : "nan" : is_upper(conversion) ? "INF" : "inf";
    return put_special(sink, style, text, sign);
  }
  if (exponent) {
    mantissa |= 1ull << 52;
  } else {
    exponent = 1;
  }
  int precision = style->precision < 0 ? 6 : style->precision;
  if (kind == 'g' && precision == 0) precision = 1;
  int count = kind == 'e' ? precision + 1 : precision;
  make_digits(&decimal, mantissa, exponent - 1075, count, kind == 'f');
  if (kind == 'g') {
    while (decimal.count && decimal.digits[decimal.count - 1] == '0') decimal.count--;
    int power = decimal.point - 1;
    kind = power < precision && power >= -4 ? 'f' : 'e';
    if (style->isAlternate) {
      precision = kind == 'f' ? precision - 1 - power : precision - 1;
    } else {
      precision = kind == 'f' ? decimal.count - decimal.point : decimal.count - 1;
      if (precision < 0) precision = 0;
    }
  }
  // What stands in front of the point, and in all.
  int whole = kind == 'f' && decimal.point > 1 ? decimal.point : 1;
  int hasPoint = precision > 0 || style->isAlternate;
  int power = kind == 'e' ? decimal.point - 1 : 0, size = power < 0 ? -power : power;
  int length = (sign != 0) + whole + hasPoint + precision + (kind == 'f' ? 0 : size < 100 ? 4 : 5);
  int padding = style->width - length;
  if (!style->isLeft && !style->isZeroFilled) tvm_fill(sink, ' ', padding);
  if (sign) tvm_put(sink, &sign, 1);
  if (!style->isLeft && style->isZeroFilled) tvm_fill(sink, '0', padding);
  int from = kind == 'f' ? decimal.point - whole : 0;
  put_run(sink, &decimal, from, whole);
  if (hasPoint) tvm_put(sink, ".", 1);
  put_run(sink, &decimal, from + whole, precision);
  if (kind == 'e') {
    struct tvm_style two = {.precision = 2, .sign = '+'};
    tvm_fill(sink, is_upper(conversion) ? 'E' : 'e', 1);
    tvm_put_integer(sink, &two, size, power < 0, 'd');
  }
  if (style->isLeft) tvm_fill(sink, ' ', padding);
}

/* Whole numbers as digits. */
#include "tvm.h"

/* Puts the digits of a number in front of `end`; returns the first. 0 has none. */
static char *put_digits(unsigned value, unsigned base, int letters, char *end) {
  while (value) {
    unsigned rest = value / base, digit = value - rest * base;
    *--end = (digit < 10 ? '0' : letters) + digit;
    value = rest;
  }
  return end;
}

#ifdef TVM_WIDE
/* The same for 64 bits: one long division splits off as many digits as fit 32 bits. */
static char *put_wide_digits(unsigned long long value, unsigned base, int letters, char *end) {
  unsigned power = base == 10 ? 1000000000 : base == 16 ? 1 << 28 : 1 << 30;
  int count = base == 10 ? 9 : base == 16 ? 7 : 10;
  while (value >> 32) {
    unsigned long long rest = value / power;
    char *start = put_digits((unsigned)(value - rest * power), base, letters, end);
    end -= count;
    while (start != end) *--start = '0';
    value = rest;
  }
  return put_digits((unsigned)value, base, letters, end);
}
#else
#define put_wide_digits put_digits
#endif

void tvm_put_integer(
    struct tvm_sink *sink, struct tvm_style *style, tvm_number value, int isNegative, int conversion) {
  char text[24], *end = text + sizeof text, prefix[2];
  unsigned base = conversion == 'o' ? 8 : (conversion | 32) == 'x' || conversion == 'p' ? 16 : 10;
  char *start = put_wide_digits(value, base, (conversion == 'X' ? 'A' : 'a') - 10, end);
  int prefixCount = 0;
  if (isNegative || (style->sign && (conversion == 'd' || conversion == 'i'))) {
    prefix[prefixCount++] = isNegative ? '-' : style->sign;
  } else if (conversion == 'p' || (style->isAlternate && base == 16 && value)) {
    prefix[prefixCount++] = '0';
    prefix[prefixCount++] = conversion == 'X' ? 'X' : 'x';
  }
  int count = end - start, least = 1;
  if (style->precision >= 0) {
    least = style->precision;
    style->isZeroFilled = 0;
  }
  if (style->isAlternate && base == 8 && least <= count) least = count + 1;
  tvm_put_field(sink, style, prefix, prefixCount, least > count ? least - count : 0, start, count);
}

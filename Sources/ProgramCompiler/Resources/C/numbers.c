/* Whole numbers from text, and absolute values. */
#include <ctype.h>
#include <stdlib.h>

#include "tvm.h"

int abs(int value) { return value < 0 ? -value : value; }
long labs(long value) { return value < 0 ? -value : value; }
long long llabs(long long value) { return value < 0 ? -value : value; }

int tvm_digit_value(int character) {
  if (isdigit(character)) return character - '0';
  return isalpha(character) ? (character | 32) - 'a' + 10 : 36;
}

/* Skips spaces, a sign and the mark of base 16 or 8; returns where the digits begin, NULL when there are none. */
static const char *find_digits(const char *text, int *isNegative, int *base) {
  while (isspace(*text)) text++;
  *isNegative = *text == '-';
  if (*text == '-' || *text == '+') text++;
  if ((*base == 0 || *base == 16) && *text == '0' && (text[1] | 32) == 'x' && tvm_digit_value(text[2]) < 16) {
    *base = 16;
    return text + 2;
  }
  if (*base == 0) *base = *text == '0' ? 8 : 10;
  return tvm_digit_value(*text) < *base ? text : NULL;
}

/* Numbers out of range are cut off at the ends of the range, as in C. */
unsigned long strtoul(const char *text, char **end, int base) {
  int isNegative, isTooLarge = 0;
  const char *start = find_digits(text, &isNegative, &base);
  if (end) *end = (char *)text;
  if (!start) return 0;
  unsigned long value = 0, limit = -1ul / (unsigned)base;
  int digit;
  for (; (digit = tvm_digit_value(*start)) < base; start++) {
    unsigned long next = value * base + digit;
    isTooLarge |= value > limit || next < (unsigned long)digit;
    value = next;
  }
  if (end) *end = (char *)start;
  return isTooLarge ? -1ul : isNegative ? -value : value;
}

long strtol(const char *text, char **end, int base) {
  int isNegative, isTooLarge = 0;
  const char *start = find_digits(text, &isNegative, &base);
  if (end) *end = (char *)text;
  if (!start) return 0;
  unsigned long value = 0, greatest = 0x7fffffff + (unsigned long)isNegative, limit = greatest / (unsigned)base;
  int digit;
  for (; (digit = tvm_digit_value(*start)) < base; start++) {
    isTooLarge |= value > limit || value * base > greatest - digit;
    value = value * base + digit;
  }
  if (end) *end = (char *)start;
  if (isTooLarge) value = greatest;
  return isNegative ? -value : value;
}

int atoi(const char *text) { return strtol(text, NULL, 10); }
long atol(const char *text) { return strtol(text, NULL, 10); }

/* The size of a number of 64 bits without its sign, and whether it is larger. */
static unsigned long long read_wide(const char *start, char **end, int base, int *isTooLarge) {
  unsigned long long value = 0;
  int digit;
  for (; (digit = tvm_digit_value(*start)) < base; start++) {
    unsigned long long high = (value >> 32) * base, low = (value & 0xffffffff) * base + digit;
    *isTooLarge |= (high + (low >> 32)) >> 32 != 0;
    value = (high << 32) + low;
  }
  if (end) *end = (char *)start;
  return value;
}

unsigned long long strtoull(const char *text, char **end, int base) {
  int isNegative, isTooLarge = 0;
  const char *start = find_digits(text, &isNegative, &base);
  if (end) *end = (char *)text;
  if (!start) return 0;
  unsigned long long value = read_wide(start, end, base, &isTooLarge);
  return isTooLarge ? -1ull : isNegative ? -value : value;
}

long long strtoll(const char *text, char **end, int base) {
  int isNegative, isTooLarge = 0;
  const char *start = find_digits(text, &isNegative, &base);
  if (end) *end = (char *)text;
  if (!start) return 0;
  unsigned long long value = read_wide(start, end, base, &isTooLarge);
  unsigned long long greatest = (1ull << 63) - !isNegative;
  if (isTooLarge || value > greatest) value = greatest;
  return isNegative ? -value : value;
}

long long atoll(const char *text) { return strtoll(text, NULL, 10); }

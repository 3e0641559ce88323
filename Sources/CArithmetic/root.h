// Included behind rounding.h: the square root.

#include "reciprocal.h"

/// The root of a number from 2³⁰ on, and what its square leaves of the number.
static inline uint32_t root_of_word(uint32_t number, uint32_t *rest) {
  // A tangent, at most 7 % too high, and two steps of Heron's method, from above to at most 1 too high.
  uint32_t root = number / 92682 + 23171;
  root = (root + number / root) >> 1;
  root = (root + number / root) >> 1;
  int32_t left = (int32_t)(number - root * root);
  if (left < 0) {
    root--;
    left += (int32_t)(2 * root + 1);
  }
  *rest = (uint32_t)left;
  return root;
}

#if FORMAT == 32
/// The root of a number below 2²⁵, from the left, where its last bit tells of what is behind.
static inline Bits root_of_significand(Bits a) {
  uint32_t rest;
  const uint32_t first = root_of_word(a << 7, &rest);
  // Ten more bits: of rest · 2²⁰ = (2 · first · 2¹⁰ + second) · second, but for the square of the second.
  const uint32_t second = (rest << 9) / first;
  uint32_t root = (first << 10) + second;
  int32_t left = (int32_t)((rest << 20) - ((first << 11) + second) * second);
  if (left < 0) {
    root--;
    left += (int32_t)(2 * root + 1);
  }
  return root << 6 | (left != 0);
}
#else
/// The root of a number below 2⁵⁴, from the left, where its last bit tells of what is behind.
static inline Bits root_of_significand(Bits a) {
  uint32_t rest_of_word;
  const uint32_t first = root_of_word((uint32_t)(a >> 22), &rest_of_word);
  // Sixteen more bits, at most 1 too high.
  const uint32_t second = ((rest_of_word << 15) + ((uint32_t)(a >> 7) & 0x7fff)) / first;
  uint64_t upper = ((uint64_t)first << 16) + second;
  int64_t rest = (int64_t)((a << 10) - upper * upper);
  if (rest < 0) {
    upper--;
    rest += (int64_t)(2 * upper + 1);
  }
  // And 23: rest · 2²² / upper, too small by less than 2.
  const uint64_t lower = ((uint64_t)rest >> 2) * reciprocal_of_word((uint32_t)upper) >> 39;
  uint64_t root = (upper << 23) + lower;
  rest = (int64_t)((a << 56) - root * root);
  for (; rest > (int64_t)(2 * root); root++) rest -= (int64_t)(2 * root + 1);
  return root << 9 | (rest != 0);
}
#endif

Bits OPERATION(sqrt)(Bits a) {
  const int32_t field_of_a = field(a);
  if (is_negative(a)) return a == SIGN ? a : CANONICAL_NAN;
  if (field_of_a == GREATEST_FIELD) return a == INFINITE ? a : CANONICAL_NAN;
  if (a == 0) return a;
  const Scaled number = field_of_a == 0 ? scaled(a) : (Scaled){field_of_a, normal_significand(a)};
  // An even exponent is halved; the field is odd then.
  const int32_t doubled = ~number.field & 1;
  return rounded(0, (number.field - doubled + BIAS) >> 1, root_of_significand(number.significand << doubled));
}

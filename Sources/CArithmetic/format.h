// One of the two formats of numbers, as macros; included behind a definition of FORMAT as 32 or 64, once in each source.
//
// A number is its bits. From the most significant on: the sign, the exponent plus BIAS (its "field": 0 for zeros and
// subnormal numbers, GREATEST_FIELD for infinities and NaNs), the fraction behind the leading 1 of the significand.
//
// NaNs: every operation that computes a NaN gives the canonical one with a clear sign, whatever NaNs go in. The
// specification allows it everywhere, and it is the choice that takes the fewest instructions.
//
// Conditions are written as comparisons of whole bit patterns wherever that is possible: on the machine that this is for, a
// comparison takes one token, an operation on words four and one on pairs of words eight. The signed order of bit patterns is
// that of the numbers from 0 on, with negative ones below; the unsigned order is that of magnitudes among negative numbers.

#include <stdbool.h>
#include <stdint.h>

#include "CArithmetic.h"

#if FORMAT == 32
typedef uint32_t Bits;
typedef int32_t SignedBits;
#define FRACTION_WIDTH 23
#define OPERATION(name) carithmetic_f32_##name
#define LEADING_ZEROS(bits) __builtin_clz(bits)
#else
typedef uint64_t Bits;
typedef int64_t SignedBits;
#define FRACTION_WIDTH 52
#define OPERATION(name) carithmetic_f64_##name
#define LEADING_ZEROS(bits) __builtin_clzll(bits)
#endif

/// How far a significand is from the left; also the width of the exponent's field.
#define GUARD_WIDTH (FORMAT - 1 - FRACTION_WIDTH)
#define GREATEST_FIELD ((1 << GUARD_WIDTH) - 1)
#define BIAS (GREATEST_FIELD >> 1)

#define SIGN ((Bits)1 << (FORMAT - 1))
#define LEADING ((Bits)1 << FRACTION_WIDTH)
#define FRACTION (LEADING - 1)
#define INFINITE ((Bits)GREATEST_FIELD << FRACTION_WIDTH)
#define CANONICAL_NAN (INFINITE | LEADING >> 1)
/// The bits of the number 2 to the power of an exponent that normal numbers have.
#define POWER(exponent) ((Bits)(BIAS + (exponent)) << FRACTION_WIDTH)

/// The sign in front of the field, as a number of its own.
#define SIGN_OF_FIELD (1 << GUARD_WIDTH)

static inline bool is_negative(Bits a) { return (SignedBits)a < 0; }
static inline bool is_nan(Bits a) { return (SignedBits)a > (SignedBits)INFINITE || a > (SIGN | INFINITE); }

/// The field with the sign in front.
static inline int32_t signed_field(Bits a) { return (int32_t)(a >> FRACTION_WIDTH); }
static inline int32_t field(Bits a) { return signed_field(a) & GREATEST_FIELD; }

#ifndef CARITHMETIC_H
#define CARITHMETIC_H

// Arithmetic of WebAssembly that the machine does not have, in terms of what it has.
//
// Each function is named after its operator. Compiled to WebAssembly, the functions are linked into the programs that need
// them; compiled for the processor, they can be tested on many numbers.

#include <stdint.h>

/// Why a function has no result.
typedef enum {
  CARITHMETIC_NO_TRAP,
  CARITHMETIC_INTEGER_DIVIDE_BY_ZERO,
  CARITHMETIC_INTEGER_OVERFLOW,
  CARITHMETIC_INVALID_CONVERSION_TO_INTEGER,
} CArithmeticTrap;

#ifndef __wasm__
/// The trap that a function of this thread ran into since the last call; where there is one, its result means nothing.
CArithmeticTrap carithmetic_take_trap(void);
#endif

// Division of integers.

uint32_t carithmetic_i32_div_s(uint32_t dividend, uint32_t divisor);
uint32_t carithmetic_i32_rem_s(uint32_t dividend, uint32_t divisor);
uint64_t carithmetic_i64_div_s(uint64_t dividend, uint64_t divisor);
uint64_t carithmetic_i64_div_u(uint64_t dividend, uint64_t divisor);
uint64_t carithmetic_i64_rem_s(uint64_t dividend, uint64_t divisor);
uint64_t carithmetic_i64_rem_u(uint64_t dividend, uint64_t divisor);

// Numbers of the format f32, as their bits.

uint32_t carithmetic_f32_add(uint32_t a, uint32_t b);
uint32_t carithmetic_f32_mul(uint32_t a, uint32_t b);
uint32_t carithmetic_f32_div(uint32_t a, uint32_t b);
uint32_t carithmetic_f32_min(uint32_t a, uint32_t b);
uint32_t carithmetic_f32_max(uint32_t a, uint32_t b);
uint32_t carithmetic_f32_sqrt(uint32_t a);
uint32_t carithmetic_f32_ceil(uint32_t a);
uint32_t carithmetic_f32_floor(uint32_t a);
uint32_t carithmetic_f32_trunc(uint32_t a);
uint32_t carithmetic_f32_nearest(uint32_t a);
uint32_t carithmetic_f32_eq(uint32_t a, uint32_t b);
uint32_t carithmetic_f32_lt(uint32_t a, uint32_t b);
uint32_t carithmetic_f32_gt(uint32_t a, uint32_t b);
uint32_t carithmetic_f32_le(uint32_t a, uint32_t b);
uint32_t carithmetic_f32_ge(uint32_t a, uint32_t b);
uint32_t carithmetic_f32_convert_i32_s(uint32_t a);
uint32_t carithmetic_f32_convert_i32_u(uint32_t a);
uint32_t carithmetic_f32_convert_i64_s(uint64_t a);
uint32_t carithmetic_f32_convert_i64_u(uint64_t a);
uint32_t carithmetic_i32_trunc_f32_s(uint32_t a);
uint32_t carithmetic_i32_trunc_f32_u(uint32_t a);
uint32_t carithmetic_i32_trunc_sat_f32_s(uint32_t a);
uint32_t carithmetic_i32_trunc_sat_f32_u(uint32_t a);
uint64_t carithmetic_i64_trunc_f32_s(uint32_t a);
uint64_t carithmetic_i64_trunc_f32_u(uint32_t a);
uint64_t carithmetic_i64_trunc_sat_f32_s(uint32_t a);
uint64_t carithmetic_i64_trunc_sat_f32_u(uint32_t a);

// Numbers of the format f64, as their bits.

uint64_t carithmetic_f64_add(uint64_t a, uint64_t b);
uint64_t carithmetic_f64_mul(uint64_t a, uint64_t b);
uint64_t carithmetic_f64_div(uint64_t a, uint64_t b);
uint64_t carithmetic_f64_min(uint64_t a, uint64_t b);
uint64_t carithmetic_f64_max(uint64_t a, uint64_t b);
uint64_t carithmetic_f64_sqrt(uint64_t a);
uint64_t carithmetic_f64_ceil(uint64_t a);
uint64_t carithmetic_f64_floor(uint64_t a);
uint64_t carithmetic_f64_trunc(uint64_t a);
uint64_t carithmetic_f64_nearest(uint64_t a);
uint32_t carithmetic_f64_eq(uint64_t a, uint64_t b);
uint32_t carithmetic_f64_lt(uint64_t a, uint64_t b);
uint32_t carithmetic_f64_gt(uint64_t a, uint64_t b);
uint32_t carithmetic_f64_le(uint64_t a, uint64_t b);
uint32_t carithmetic_f64_ge(uint64_t a, uint64_t b);
uint64_t carithmetic_f64_convert_i32_s(uint32_t a);
uint64_t carithmetic_f64_convert_i32_u(uint32_t a);
uint64_t carithmetic_f64_convert_i64_s(uint64_t a);
uint64_t carithmetic_f64_convert_i64_u(uint64_t a);
uint32_t carithmetic_i32_trunc_f64_s(uint64_t a);
uint32_t carithmetic_i32_trunc_f64_u(uint64_t a);
uint32_t carithmetic_i32_trunc_sat_f64_s(uint64_t a);
uint32_t carithmetic_i32_trunc_sat_f64_u(uint64_t a);
uint64_t carithmetic_i64_trunc_f64_s(uint64_t a);
uint64_t carithmetic_i64_trunc_f64_u(uint64_t a);
uint64_t carithmetic_i64_trunc_sat_f64_s(uint64_t a);
uint64_t carithmetic_i64_trunc_sat_f64_u(uint64_t a);

// From one format to the other.

uint32_t carithmetic_f32_demote_f64(uint64_t a);
uint64_t carithmetic_f64_promote_f32(uint32_t a);

#endif

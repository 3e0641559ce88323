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

uint32_t carithmetic_i32_div_s(uint32_t dividend, uint32_t divisor);
uint32_t carithmetic_i32_rem_s(uint32_t dividend, uint32_t divisor);
uint64_t carithmetic_i64_div_s(uint64_t dividend, uint64_t divisor);
uint64_t carithmetic_i64_div_u(uint64_t dividend, uint64_t divisor);
uint64_t carithmetic_i64_rem_s(uint64_t dividend, uint64_t divisor);
uint64_t carithmetic_i64_rem_u(uint64_t dividend, uint64_t divisor);

#endif

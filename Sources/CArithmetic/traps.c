#include "CArithmetic.h"
#include "traps.h"

#ifndef __wasm__

static _Thread_local CArithmeticTrap noted = CARITHMETIC_NO_TRAP;

CArithmeticTrap carithmetic_take_trap(void) {
  const CArithmeticTrap trap = noted;
  noted = CARITHMETIC_NO_TRAP;
  return trap;
}

static uint64_t note(CArithmeticTrap trap) {
  noted = trap;
  return 0;
}

uint64_t carithmetic_trap_divide_by_zero(void) { return note(CARITHMETIC_INTEGER_DIVIDE_BY_ZERO); }
uint64_t carithmetic_trap_overflow(void) { return note(CARITHMETIC_INTEGER_OVERFLOW); }
uint64_t carithmetic_trap_invalid_conversion(void) { return note(CARITHMETIC_INVALID_CONVERSION_TO_INTEGER); }

#endif

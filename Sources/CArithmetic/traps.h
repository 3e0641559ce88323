#ifndef CARITHMETIC_TRAPS_H
#define CARITHMETIC_TRAPS_H

#include <stdint.h>

// What a function returns instead of a result: as WebAssembly it stops there, natively the trap is noted.

#ifdef __wasm__
#define TRAP(message) __attribute__((import_module("trap"), import_name(message)))
#else
#define TRAP(message)
#endif

TRAP("integer divide by zero") uint64_t carithmetic_trap_divide_by_zero(void);
TRAP("integer overflow") uint64_t carithmetic_trap_overflow(void);
TRAP("invalid conversion to integer") uint64_t carithmetic_trap_invalid_conversion(void);

#endif

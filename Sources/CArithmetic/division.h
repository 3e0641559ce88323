#ifndef CARITHMETIC_DIVISION_H
#define CARITHMETIC_DIVISION_H

#include <stdint.h>

/// The quotient of a number below 2³² times a divisor whose highest bit is set: Knuth's algorithm D with two digits of 16 bits.
uint32_t carithmetic_quotient_by_word(uint64_t dividend, uint32_t divisor);

#endif

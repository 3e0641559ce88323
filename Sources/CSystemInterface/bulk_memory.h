#ifndef CSYSTEMINTERFACE_BULK_MEMORY_H
#define CSYSTEMINTERFACE_BULK_MEMORY_H

#include <stdint.h>

// Instructions on many bytes of memory, which compilers take for granted. What is declared here is exported.

/// memory.copy: the areas may overlap.
void bulk_memory_copy(uint8_t *to, const uint8_t *from, uint32_t count);
/// memory.fill: with the lowest byte of the value.
void bulk_memory_fill(uint8_t *to, uint32_t value, uint32_t count);

#endif

#include "bulk_memory.h"

__attribute__((import_module("trap"), import_name("out of bounds memory access"))) _Noreturn void out_of_bounds(void);

// What is moved at once, at any address. A turn of a loop takes some twenty-five tokens, a word eighteen.
#define PIECE __attribute__((packed, may_alias))
typedef struct PIECE { uint64_t bits; } Word;
typedef struct PIECE { uint32_t bits; } Half;
typedef struct PIECE { uint16_t bits; } Quarter;

/// Nothing is written unless all is in memory; even the end of no bytes must be.
static void check(const uint8_t *begin, uint32_t count) {
  const uint32_t size = __builtin_wasm_memory_size(0) << 16;
  if (count > size || (uintptr_t)begin > size - count) out_of_bounds();
}

// Areas may overlap: words are copied one by one, in the order in which none is overwritten before it is read.
static inline void copy_words(void *to, const void *from, int count, int is_backwards) {
#pragma unroll
  for (int i = 0; i < count; i++) {
    const int place = is_backwards ? count - 1 - i : i;
    ((Word *)to)[place] = ((const Word *)from)[place];
  }
}

static inline void copy_forwards(uint8_t *to, const uint8_t *from, uint32_t count) {
  for (const uint8_t *end = from + (count & -32u); from != end; to += 32, from += 32) copy_words(to, from, 4, 0);
  if (count & 16) copy_words(to, from, 2, 0), to += 16, from += 16;
  if (count & 8) copy_words(to, from, 1, 0), to += 8, from += 8;
  if (count & 4) *(Half *)to = *(const Half *)from, to += 4, from += 4;
  if (count & 2) *(Quarter *)to = *(const Quarter *)from, to += 2, from += 2;
  if (count & 1) *to = *from;
}

/// From the ends of the areas on.
static inline void copy_backwards(uint8_t *to, const uint8_t *from, uint32_t count) {
  for (const uint8_t *end = from - (count & -32u); from != end;) to -= 32, from -= 32, copy_words(to, from, 4, 1);
  if (count & 16) to -= 16, from -= 16, copy_words(to, from, 2, 1);
  if (count & 8) to -= 8, from -= 8, copy_words(to, from, 1, 1);
  if (count & 4) to -= 4, from -= 4, *(Half *)to = *(const Half *)from;
  if (count & 2) to -= 2, from -= 2, *(Quarter *)to = *(const Quarter *)from;
  if (count & 1) *--to = *--from;
}

void bulk_memory_copy(uint8_t *to, const uint8_t *from, uint32_t count) {
  check(to, count);
  check(from, count);
  if (to <= from) copy_forwards(to, from, count);
  else copy_backwards(to + count, from + count, count);
}

void bulk_memory_fill(uint8_t *to, uint32_t value, uint32_t count) {
  check(to, count);
  const uint64_t bits = (value & 0xff) * 0x0101010101010101;
  for (const uint8_t *end = to + (count & -32u); to != end; to += 32) {
#pragma unroll
    for (int i = 0; i < 4; i++) ((Word *)to)[i].bits = bits;
  }
  if (count & 16) ((Word *)to)[0].bits = ((Word *)to)[1].bits = bits, to += 16;
  if (count & 8) ((Word *)to)->bits = bits, to += 8;
  if (count & 4) ((Half *)to)->bits = bits, to += 4;
  if (count & 2) ((Quarter *)to)->bits = bits, to += 2;
  if (count & 1) *to = bits;
}

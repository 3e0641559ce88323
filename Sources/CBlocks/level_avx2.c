#include "CBlocks.h"

#include <stddef.h>

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

#pragma STDC FP_CONTRACT OFF
// Without fma, so that a product is rounded before it is added, as everywhere else.
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)

enum { LANES = 4, VECTORS = CBLOCKS_WIDTH / LANES };

static inline const double *row_at(const double *rows, int64_t row) { return rows + row * CBLOCKS_WIDTH; }

static inline void add_sum(const CBlocksSum *sum, const CBlocksProduct *products, double *rows) {
  const CBlocksProduct *product = products + sum->first_product;
  const CBlocksProduct *end = product + sum->product_count;
  __m256d total[VECTORS];
  __m256d weight = _mm256_broadcast_sd(&product->weight);
  const double *factor = row_at(rows, product->row);
#pragma clang loop unroll(full)
  for (int v = 0; v < VECTORS; v++) total[v] = _mm256_mul_pd(weight, _mm256_load_pd(factor + v * LANES));
  for (product++; product < end; product++) {
    weight = _mm256_broadcast_sd(&product->weight);
    factor = row_at(rows, product->row);
#pragma clang loop unroll(full)
    for (int v = 0; v < VECTORS; v++)
      total[v] = _mm256_add_pd(total[v], _mm256_mul_pd(weight, _mm256_load_pd(factor + v * LANES)));
  }
  const double *base = row_at(rows, sum->base);
  double *destination = rows + (int64_t)sum->destination * CBLOCKS_WIDTH;
#pragma clang loop unroll(full)
  for (int v = 0; v < VECTORS; v++)
    _mm256_store_pd(destination + v * LANES, _mm256_add_pd(_mm256_load_pd(base + v * LANES), total[v]));
}

static inline void compute_unit(const CBlocksUnit *unit, double *rows) {
  const double *gate = row_at(rows, unit->gate), *value = row_at(rows, unit->value);
  double *destination = rows + (int64_t)unit->destination * CBLOCKS_WIDTH;
#pragma clang loop unroll(full)
  for (int v = 0; v < VECTORS; v++) {
    // The second operand is taken where the first is not a number: zero, as where it is not positive.
    __m256d open = _mm256_max_pd(_mm256_load_pd(gate + v * LANES), _mm256_setzero_pd());
    _mm256_store_pd(destination + v * LANES, _mm256_mul_pd(open, _mm256_load_pd(value + v * LANES)));
  }
}

static void level_avx2(
    const CBlocksSum *sums, int64_t sum_count, const CBlocksProduct *products, const CBlocksUnit *units,
    int64_t unit_count, double *rows) {
  for (int64_t index = 0; index < sum_count; index++) add_sum(sums + index, products, rows);
  for (int64_t index = 0; index < unit_count; index++) compute_unit(units + index, rows);
}

#pragma clang attribute pop

__attribute__((target("xsave"))) static uint64_t saved_state(void) { return _xgetbv(0); }

// Whether processor and system both support the wide registers.
static int has_avx2(void) {
  unsigned a, b, c, d;
  const uint64_t wide = 0x6;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c >> 27 & 1) || (saved_state() & wide) != wide) return 0;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b >> 5 & 1);
}

CBlocksLevel cblocks_level(void) { return has_avx2() ? level_avx2 : NULL; }

#else

CBlocksLevel cblocks_level(void) { return NULL; }

#endif

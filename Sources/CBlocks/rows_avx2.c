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

static void name_avx2(
    const double *x, const double *y, const double *last, double greatest, double reach, double tolerance,
    double *named) {
  const __m256d rounding = _mm256_set1_pd(0x1.8p52), none = _mm256_set1_pd(0x1.8p52 - 1);
  const __m256d sign = _mm256_set1_pd(-0.0), zero = _mm256_setzero_pd();
  for (int lane = 0; lane < CBLOCKS_WIDTH; lane += LANES) {
    const __m256d height = _mm256_load_pd(y + lane);
    const __m256d quotient = _mm256_div_pd(_mm256_load_pd(x + lane), height);
    const __m256d end = last ? _mm256_load_pd(last + lane) : _mm256_set1_pd(greatest);
    // The second operand is taken where one is not a number, so that it stays none.
    const __m256d target = _mm256_max_pd(zero, _mm256_min_pd(end, quotient));
    const __m256d sum = _mm256_add_pd(target, rounding);
    const __m256d distance = _mm256_andnot_pd(sign, _mm256_sub_pd(target, _mm256_sub_pd(sum, rounding)));
    __m256d is_named = _mm256_cmp_pd(distance, _mm256_set1_pd(tolerance), _CMP_LE_OQ);
    is_named = _mm256_and_pd(is_named, _mm256_cmp_pd(height, zero, _CMP_GT_OQ));
    is_named = _mm256_and_pd(is_named, _mm256_cmp_pd(height, _mm256_set1_pd(__DBL_MAX__), _CMP_LE_OQ));
    is_named =
        _mm256_and_pd(is_named, _mm256_cmp_pd(_mm256_andnot_pd(sign, quotient), _mm256_set1_pd(reach), _CMP_LE_OQ));
    _mm256_store_pd(named + lane, _mm256_blendv_pd(none, sum, is_named));
  }
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

static const CBlocksFunctions functions = {level_avx2, name_avx2};

const CBlocksFunctions *cblocks_functions(void) { return has_avx2() ? &functions : NULL; }

#else

const CBlocksFunctions *cblocks_functions(void) { return NULL; }

#endif

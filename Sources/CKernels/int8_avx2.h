// The int8 product with AVX2: weights are widened to 16 bits, and neighbouring columns are multiplied and added in 32.

// The sums of neighbouring numbers of four registers, which hold two for each of sixteen rows.
static inline Lanes float_of_pairs(const __m256i pairs[4]) {
  // Horizontal addition works on the two halves of a register apart, which leaves rows 0 1 4 5 | 2 3 6 7.
  const __m256i low = _mm256_permute4x64_epi64(_mm256_hadd_epi32(pairs[0], pairs[1]), 0xd8);
  const __m256i high = _mm256_permute4x64_epi64(_mm256_hadd_epi32(pairs[2], pairs[3]), 0xd8);
  return (Lanes){_mm256_cvtepi32_ps(low), _mm256_cvtepi32_ps(high)};
}

// Sixteen rows times `positions`, a constant.
__attribute__((always_inline)) static inline void int8_tile(const Int8Product *call, long group, long first,
                                                            int positions) {
  enum { LARGEST = 2 };
  const long blocks = call->blocks;
  const int8_t *values = call->values + group * blocks * 512;
  const uint16_t *scales = call->scales + group * blocks * 16;
  Lanes sums[LARGEST];
#pragma clang loop unroll(full)
  for (int p = 0; p < positions; p++) sums[p] = lanes_set(0);

  for (long block = 0; block < blocks; block++, values += 512, scales += 16) {
    __m256i exact[LARGEST][4];
#pragma clang loop unroll(full)
    for (int p = 0; p < positions; p++)
#pragma clang loop unroll(full)
      for (int part = 0; part < 4; part++) exact[p][part] = _mm256_setzero_si256();
// Not unrolled: the compiler would gather the loads of all steps and run out of registers.
#pragma clang loop unroll(disable)
    for (int step = 0; step < 8; step++) {
      if (positions == 1) __builtin_prefetch(values + step * 64 + PREFETCH_DISTANCE);
      __m256i activation[LARGEST];
#pragma clang loop unroll(full)
      for (int p = 0; p < positions; p++) {
        int64_t four;
        memcpy(&four, (const char *)call->activations + ((first + p) * blocks + block) * 64 + step * 8, sizeof four);
        activation[p] = _mm256_set1_epi64x(four);
      }
#pragma clang loop unroll(full)
      for (int part = 0; part < 4; part++) {
        const __m256i weight = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(values + step * 64 + part * 16)));
#pragma clang loop unroll(full)
        for (int p = 0; p < positions; p++)
          exact[p][part] = _mm256_add_epi32(exact[p][part], _mm256_madd_epi16(weight, activation[p]));
      }
    }
    const Lanes weight_scales = lanes_load_bf16(scales);
#pragma clang loop unroll(full)
    for (int p = 0; p < positions; p++) {
      const Lanes scale = lanes_multiply(weight_scales, lanes_set(call->activation_scales[(first + p) * blocks + block]));
      sums[p] = lanes_add_product(sums[p], float_of_pairs(exact[p]), scale);
    }
  }
#pragma clang loop unroll(full)
  for (int p = 0; p < positions; p++)
    lanes_store_part(call->output + (first + p) * call->output_stride + group * 16, sums[p], call->rows - group * 16);
}

static void product_int8(const Int8Product *call) {
  for (long group = 0; group * 16 < call->rows; group++) {
    long position = 0;
    for (; position + 2 <= call->positions; position += 2) int8_tile(call, group, position, 2);
    for (; position < call->positions; position++) int8_tile(call, group, position, 1);
  }
}

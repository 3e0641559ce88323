// The int8 product with AVX2. Unsigned times signed pairs are added in 16 bits, which holds 2 · 127 · 127; so the
// activation's sign goes to the weight.

// Sixteen rows times `positions`, a constant.
__attribute__((always_inline)) static inline void int8_tile(const Int8Product *call, long group, long first,
                                                            int positions) {
  enum { LARGEST = 4 };
  const long blocks = call->blocks;
  const int8_t *values = call->values + group * blocks * 512;
  const uint16_t *scales = call->scales + group * blocks * 16;
  const __m256i ones = _mm256_set1_epi16(1);
  Lanes sums[LARGEST];
#pragma clang loop unroll(full)
  for (int p = 0; p < positions; p++) sums[p] = lanes_set(0);

  for (long block = 0; block < blocks; block++, values += 512, scales += 16) {
    __m256i exact[LARGEST][2];
#pragma clang loop unroll(full)
    for (int p = 0; p < positions; p++) exact[p][0] = exact[p][1] = _mm256_setzero_si256();
// Not unrolled: the compiler would gather the loads of all steps and run out of registers.
#pragma clang loop unroll(disable)
    for (int step = 0; step < 8; step++) {
      if (positions == 1) __builtin_prefetch(values + step * 64 + PREFETCH_DISTANCE);
      const __m256i low = _mm256_loadu_si256((const __m256i *)(values + step * 64));
      const __m256i high = _mm256_loadu_si256((const __m256i *)(values + step * 64 + 32));
#pragma clang loop unroll(full)
      for (int p = 0; p < positions; p++) {
        int32_t four;
        memcpy(&four, call->activations + ((first + p) * blocks + block) * 32 + step * 4, sizeof four);
        const __m256i activation = _mm256_set1_epi32(four), size = _mm256_abs_epi8(activation);
        const __m256i low_pairs = _mm256_maddubs_epi16(size, _mm256_sign_epi8(low, activation));
        const __m256i high_pairs = _mm256_maddubs_epi16(size, _mm256_sign_epi8(high, activation));
        exact[p][0] = _mm256_add_epi32(exact[p][0], _mm256_madd_epi16(low_pairs, ones));
        exact[p][1] = _mm256_add_epi32(exact[p][1], _mm256_madd_epi16(high_pairs, ones));
      }
    }
    const Lanes weight_scales = lanes_load_bf16(scales);
#pragma clang loop unroll(full)
    for (int p = 0; p < positions; p++) {
      const Lanes integers = {_mm256_cvtepi32_ps(exact[p][0]), _mm256_cvtepi32_ps(exact[p][1])};
      const Lanes scale = lanes_multiply(weight_scales, lanes_set(call->activation_scales[(first + p) * blocks + block]));
      sums[p] = lanes_add_product(sums[p], integers, scale);
    }
  }
#pragma clang loop unroll(full)
  for (int p = 0; p < positions; p++)
    lanes_store_part(call->output + (first + p) * call->output_stride + group * 16, sums[p], call->rows - group * 16);
}

static void product_int8(const Int8Product *call) {
  for (long group = 0; group * 16 < call->rows; group++) {
    long position = 0;
    for (; position + 4 <= call->positions; position += 4) int8_tile(call, group, position, 4);
    for (; position + 2 <= call->positions; position += 2) int8_tile(call, group, position, 2);
    for (; position < call->positions; position++) int8_tile(call, group, position, 1);
  }
}

// The int8 product with the AVX-512 dot product, which takes an unsigned and a signed operand: the weight is raised by
// 128, and the sum begins at −128 · Σ activations.

// Sixteen rows times `positions`, a constant.
__attribute__((always_inline)) static inline void int8_tile(const Int8Product *call, long group, long first,
                                                            int positions) {
  enum { LARGEST = 8 };
  const long blocks = call->blocks;
  const int8_t *values = call->values + group * blocks * 512;
  const uint16_t *scales = call->scales + group * blocks * 16;
  const __m512i raise = _mm512_set1_epi8((char)0x80);
  Lanes sums[LARGEST];
#pragma clang loop unroll(full)
  for (int p = 0; p < positions; p++) sums[p] = lanes_set(0);

  for (long block = 0; block < blocks; block++, values += 512, scales += 16) {
    __m512i exact[LARGEST];
#pragma clang loop unroll(full)
    for (int p = 0; p < positions; p++)
      exact[p] = _mm512_set1_epi32(-128 * call->activation_sums[(first + p) * blocks + block]);
#pragma clang loop unroll(full)
    for (int step = 0; step < 8; step++) {
      if (positions == 1) __builtin_prefetch(values + step * 64 + PREFETCH_DISTANCE);
      const __m512i weight = _mm512_xor_si512(_mm512_loadu_si512(values + step * 64), raise);
#pragma clang loop unroll(full)
      for (int p = 0; p < positions; p++) {
        int32_t four;
        memcpy(&four, call->activations + ((first + p) * blocks + block) * 32 + step * 4, sizeof four);
        exact[p] = _mm512_dpbusd_epi32(exact[p], weight, _mm512_set1_epi32(four));
      }
    }
    const Lanes weight_scales = lanes_load_bf16(scales);
#pragma clang loop unroll(full)
    for (int p = 0; p < positions; p++) {
      const Lanes scale = lanes_multiply(weight_scales, lanes_set(call->activation_scales[(first + p) * blocks + block]));
      sums[p] = lanes_add_product(sums[p], _mm512_cvtepi32_ps(exact[p]), scale);
    }
  }
#pragma clang loop unroll(full)
  for (int p = 0; p < positions; p++)
    lanes_store_part(call->output + (first + p) * call->output_stride + group * 16, sums[p], call->rows - group * 16);
}

// One group of rows times the positions from `position` on.
static inline void int8_positions(const Int8Product *call, long group, long position) {
  for (; position + 8 <= call->positions; position += 8) int8_tile(call, group, position, 8);
  for (; position + 2 <= call->positions; position += 2) int8_tile(call, group, position, 2);
  for (; position < call->positions; position++) int8_tile(call, group, position, 1);
}

static void product_int8(const Int8Product *call) {
  for (long group = 0; group * 16 < call->rows; group++) int8_positions(call, group, 0);
}

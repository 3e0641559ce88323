// The int8 product with the AVX-512 dot product, which takes an unsigned and a signed byte: the weight is raised by 128,
// and the sum begins at −128 · Σ activations. The activations' upper and lower bytes are multiplied apart.

// Sixteen rows times `positions`, a constant.
__attribute__((always_inline)) static inline void int8_tile(const Int8Product *call, long group, long first,
                                                            int positions) {
  enum { LARGEST = 4 };
  const long blocks = call->blocks;
  const int8_t *values = call->values + group * blocks * 512;
  const uint16_t *scales = call->scales + group * blocks * 16;
  const __m512i raise = _mm512_set1_epi8((char)0x80);
  Lanes sums[LARGEST];
#pragma clang loop unroll(full)
  for (int p = 0; p < positions; p++) sums[p] = lanes_set(0);

  for (long block = 0; block < blocks; block++, values += 512, scales += 16) {
    __m512i upper[LARGEST], lower[LARGEST];
#pragma clang loop unroll(full)
    for (int p = 0; p < positions; p++) {
      upper[p] = _mm512_setzero_si512();
      lower[p] = _mm512_set1_epi32(-128 * call->activation_sums[(first + p) * blocks + block]);
    }
#pragma clang loop unroll(full)
    for (int step = 0; step < 8; step++) {
      if (positions == 1) __builtin_prefetch(values + step * 64 + PREFETCH_DISTANCE);
      const __m512i weight = _mm512_xor_si512(_mm512_loadu_si512(values + step * 64), raise);
#pragma clang loop unroll(full)
      for (int p = 0; p < positions; p++) {
        const char *bytes = (const char *)call->activations + ((first + p) * blocks + block) * 64 + step * 4;
        int32_t four[2];
        memcpy(&four[0], bytes, sizeof four[0]);
        memcpy(&four[1], bytes + 32, sizeof four[1]);
        upper[p] = _mm512_dpbusd_epi32(upper[p], weight, _mm512_set1_epi32(four[0]));
        lower[p] = _mm512_dpbusd_epi32(lower[p], weight, _mm512_set1_epi32(four[1]));
      }
    }
    const Lanes weight_scales = lanes_load_bf16(scales);
#pragma clang loop unroll(full)
    for (int p = 0; p < positions; p++) {
      const Lanes scale = lanes_multiply(weight_scales, lanes_set(call->activation_scales[(first + p) * blocks + block]));
      const __m512i exact = _mm512_add_epi32(_mm512_slli_epi32(upper[p], 8), lower[p]);
      sums[p] = lanes_add_product(sums[p], _mm512_cvtepi32_ps(exact), scale);
    }
  }
#pragma clang loop unroll(full)
  for (int p = 0; p < positions; p++)
    lanes_store_part(call->output + (first + p) * call->output_stride + group * 16, sums[p], call->rows - group * 16);
}

// One group of rows times the positions from `position` on.
static inline void int8_positions(const Int8Product *call, long group, long position) {
  for (; position + 4 <= call->positions; position += 4) int8_tile(call, group, position, 4);
  for (; position + 2 <= call->positions; position += 2) int8_tile(call, group, position, 2);
  for (; position < call->positions; position++) int8_tile(call, group, position, 1);
}

static void product_int8(const Int8Product *call) {
  for (long group = 0; group * 16 < call->rows; group++) int8_positions(call, group, 0);
}

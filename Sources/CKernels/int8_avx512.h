// The int8 product with the AVX-512 dot product, which takes an unsigned and a signed byte: the weight is raised by 128,
// and the sum begins at −128 · Σ activations. The activations' upper and lower bytes are multiplied apart.

// How many groups, far apart, are read at once for a single position, which is bound by memory: as many streams of
// addresses, which are read faster than one.
enum { INT8_STREAMS = 4 };

// Some groups of sixteen rows, `stride` groups apart, times some positions. Groups and positions are constants, and one of
// the two is 1.
__attribute__((always_inline)) static inline void int8_tile(const Int8Product *call, long group, int groups, long stride,
                                                            long first, int positions) {
  enum { LARGEST_POSITIONS = 4 };
  const long blocks = call->blocks;
  const __m512i raise = _mm512_set1_epi8((char)0x80);
  Lanes sums[INT8_STREAMS][LARGEST_POSITIONS];
#pragma clang loop unroll(full)
  for (int g = 0; g < groups; g++)
#pragma clang loop unroll(full)
    for (int p = 0; p < positions; p++) sums[g][p] = lanes_set(0);

  for (long block = 0; block < blocks; block++) {
#pragma clang loop unroll(full)
    for (int g = 0; g < groups; g++) {
      const int8_t *values = call->values + ((group + g * stride) * blocks + block) * 512;
      __m512i upper[LARGEST_POSITIONS], lower[LARGEST_POSITIONS];
#pragma clang loop unroll(full)
      for (int p = 0; p < positions; p++) {
        upper[p] = _mm512_setzero_si512();
        lower[p] = _mm512_set1_epi32(-128 * call->activation_sums[(first + p) * blocks + block]);
      }
#pragma clang loop unroll(full)
      for (int step = 0; step < 8; step++) {
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
      const Lanes weight_scales = lanes_load_bf16(call->scales + ((group + g * stride) * blocks + block) * 16);
#pragma clang loop unroll(full)
      for (int p = 0; p < positions; p++) {
        const Lanes activation_scale = lanes_set(call->activation_scales[(first + p) * blocks + block]);
        const Lanes scale = lanes_multiply(weight_scales, activation_scale);
        const __m512i exact = _mm512_add_epi32(_mm512_slli_epi32(upper[p], 8), lower[p]);
        sums[g][p] = lanes_add_product(sums[g][p], _mm512_cvtepi32_ps(exact), scale);
      }
    }
  }
#pragma clang loop unroll(full)
  for (int g = 0; g < groups; g++)
#pragma clang loop unroll(full)
    for (int p = 0; p < positions; p++) {
      const long row = (group + g * stride) * 16;
      lanes_store_part(call->output + (first + p) * call->output_stride + row, sums[g][p], call->rows - row);
    }
}

// All rows times the positions from `position` on.
static inline void int8_positions(const Int8Product *call, long position) {
  const long groups = (call->rows + 15) / 16;
  const long single = call->positions - (call->positions - position) % 2;
  for (long group = 0; group < groups; group++) {
    long next = position;
    for (; next + 4 <= single; next += 4) int8_tile(call, group, 1, 1, next, 4);
    for (; next < single; next += 2) int8_tile(call, group, 1, 1, next, 2);
  }
  if (single == call->positions) return;
  const long stride = groups / INT8_STREAMS;
  for (long group = 0; group < stride; group++) int8_tile(call, group, INT8_STREAMS, stride, single, 1);
  for (long group = stride * INT8_STREAMS; group < groups; group++) int8_tile(call, group, 1, 1, single, 1);
}

static void product_int8(const Int8Product *call) { int8_positions(call, 0); }

// The int8 product with AVX2: weights are widened to 16 bits, and neighbouring columns are multiplied and added in 32.

// The sums of neighbouring numbers of four registers, which hold two for each of sixteen rows.
static inline Lanes float_of_pairs(const __m256i pairs[4]) {
  // Horizontal addition works on the two halves of a register apart, which leaves rows 0 1 4 5 | 2 3 6 7.
  const __m256i low = _mm256_permute4x64_epi64(_mm256_hadd_epi32(pairs[0], pairs[1]), 0xd8);
  const __m256i high = _mm256_permute4x64_epi64(_mm256_hadd_epi32(pairs[2], pairs[3]), 0xd8);
  return (Lanes){_mm256_cvtepi32_ps(low), _mm256_cvtepi32_ps(high)};
}

// How many groups, far apart, are read at once for a single position, which is bound by memory: as many streams of
// addresses, which are read faster than one.
enum { INT8_STREAMS = 4 };

// Some groups of sixteen rows, `stride` groups apart, times some positions. Groups and positions are constants, and one of
// the two is 1.
__attribute__((always_inline)) static inline void int8_tile(const Int8Product *call, long group, int groups, long stride,
                                                            long first, int positions) {
  enum { LARGEST_POSITIONS = 2 };
  const long blocks = call->blocks;
  Lanes sums[INT8_STREAMS][LARGEST_POSITIONS];
#pragma clang loop unroll(full)
  for (int g = 0; g < groups; g++)
#pragma clang loop unroll(full)
    for (int p = 0; p < positions; p++) sums[g][p] = lanes_set(0);

  for (long block = 0; block < blocks; block++) {
#pragma clang loop unroll(full)
    for (int g = 0; g < groups; g++) {
      const int8_t *values = call->values + ((group + g * stride) * blocks + block) * 512;
      __m256i exact[LARGEST_POSITIONS][4];
#pragma clang loop unroll(full)
      for (int p = 0; p < positions; p++)
#pragma clang loop unroll(full)
        for (int part = 0; part < 4; part++) exact[p][part] = _mm256_setzero_si256();
// Not unrolled: the compiler would gather the loads of all steps and run out of registers.
#pragma clang loop unroll(disable)
      for (int step = 0; step < 8; step++) {
        __m256i activation[LARGEST_POSITIONS];
#pragma clang loop unroll(full)
        for (int p = 0; p < positions; p++) {
          int64_t four;
          memcpy(&four, (const char *)call->activations + ((first + p) * blocks + block) * 64 + step * 8, sizeof four);
          activation[p] = _mm256_set1_epi64x(four);
        }
#pragma clang loop unroll(full)
        for (int part = 0; part < 4; part++) {
          const __m128i bytes = _mm_loadu_si128((const __m128i *)(values + step * 64 + part * 16));
          const __m256i weight = _mm256_cvtepi8_epi16(bytes);
#pragma clang loop unroll(full)
          for (int p = 0; p < positions; p++)
            exact[p][part] = _mm256_add_epi32(exact[p][part], _mm256_madd_epi16(weight, activation[p]));
        }
      }
      const Lanes weight_scales = lanes_load_bf16(call->scales + ((group + g * stride) * blocks + block) * 16);
#pragma clang loop unroll(full)
      for (int p = 0; p < positions; p++) {
        const Lanes activation_scale = lanes_set(call->activation_scales[(first + p) * blocks + block]);
        const Lanes scale = lanes_multiply(weight_scales, activation_scale);
        sums[g][p] = lanes_add_product(sums[g][p], float_of_pairs(exact[p]), scale);
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

static void product_int8(const Int8Product *call) {
  const long groups = (call->rows + 15) / 16;
  const long paired = call->positions / 2 * 2;
  for (long group = 0; group < groups; group++)
    for (long position = 0; position < paired; position += 2) int8_tile(call, group, 1, 1, position, 2);
  if (paired == call->positions) return;
  const long stride = groups / INT8_STREAMS;
  for (long group = 0; group < stride; group++) int8_tile(call, group, INT8_STREAMS, stride, paired, 1);
  for (long group = stride * INT8_STREAMS; group < groups; group++) int8_tile(call, group, 1, 1, paired, 1);
}

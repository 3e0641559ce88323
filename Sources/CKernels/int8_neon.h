// The int8 product with NEON's dot product: four rows times four columns in one instruction, for the activations' upper
// and lower bytes apart.

// Sixteen rows times some positions, whose activations are of some bytes, 1 or 2: both constants.
__attribute__((always_inline)) static inline void int8_tile(const Int8Product *call, long group, long first,
                                                            int positions, int bytes) {
  enum { LARGEST = 2 };
  const long blocks = call->blocks;
  const int8_t *values = call->values + group * blocks * 512;
  const uint16_t *scales = call->scales + group * blocks * 16;
  Lanes sums[LARGEST];
#pragma clang loop unroll(full)
  for (int p = 0; p < positions; p++) sums[p] = lanes_set(0);

  for (long block = 0; block < blocks; block++, values += 512, scales += 16) {
    int32x4_t upper[LARGEST][4], lower[LARGEST][4];
#pragma clang loop unroll(full)
    for (int p = 0; p < positions; p++)
      for (int part = 0; part < 4; part++) upper[p][part] = lower[p][part] = vdupq_n_s32(0);
#pragma clang loop unroll(full)
    for (int step = 0; step < 8; step++) {
#pragma clang loop unroll(full)
      for (int p = 0; p < positions; p++) {
        const char *place = (const char *)call->activations + ((first + p) * blocks + block) * 64 + step * 4;
        int32_t four[2];
        memcpy(&four[0], place, sizeof four[0]);
        memcpy(&four[1], place + 32, sizeof four[1]);
        const int8x16_t high = vreinterpretq_s8_s32(vdupq_n_s32(four[0]));
        const int8x16_t low = vreinterpretq_s8_s32(vdupq_n_s32(four[1]));
#pragma clang loop unroll(full)
        for (int part = 0; part < 4; part++) {
          const int8x16_t weight = vld1q_s8(values + step * 64 + part * 16);
          if (bytes > 1) upper[p][part] = vdotq_s32(upper[p][part], weight, high);
          lower[p][part] = vdotq_s32(lower[p][part], weight, low);
        }
      }
    }
    const Lanes weight_scales = lanes_load_bf16(scales);
#pragma clang loop unroll(full)
    for (int p = 0; p < positions; p++) {
      Lanes integers;
      for (int part = 0; part < 4; part++)
        integers.part[part] = vcvtq_f32_s32(vaddq_s32(vshlq_n_s32(upper[p][part], 8), lower[p][part]));
      const Lanes scale = lanes_multiply(weight_scales, lanes_set(call->activation_scales[(first + p) * blocks + block]));
      sums[p] = lanes_add_product(sums[p], integers, scale);
    }
  }
#pragma clang loop unroll(full)
  for (int p = 0; p < positions; p++)
    lanes_store_part(call->output + (first + p) * call->output_stride + group * 16, sums[p], call->rows - group * 16);
}

__attribute__((always_inline)) static inline void int8_rows(const Int8Product *call, int bytes) {
  for (long group = 0; group * 16 < call->rows; group++) {
    long position = 0;
    for (; position + 2 <= call->positions; position += 2) int8_tile(call, group, position, 2, bytes);
    for (; position < call->positions; position++) int8_tile(call, group, position, 1, bytes);
  }
}

static void product_int8(const Int8Product *call) {
  if (call->are_bytes)
    int8_rows(call, 1);
  else
    int8_rows(call, 2);
}

// The int8 product with the AVX-512 dot product, which takes an unsigned and a signed byte: the weight is raised by 128,
// and the sum begins at the compensation for that. The activations' upper and lower bytes are multiplied apart.

// Sixteen rows are a group. Two neighbouring groups times four positions are computed at once where there are positions
// enough, so that a number that was read is used more than once, and four groups, far apart, where there is one position,
// which is bound by memory: four streams of addresses are read faster than one. A stream's weights and scales are asked for
// that many bytes ahead.
enum { INT8_GROUPS = 2, INT8_POSITIONS = 4, INT8_STREAMS = 4, INT8_AHEAD = 1536, INT8_SCALES_AHEAD = 256 };

// What will be read after a tile, and is brought into the second-level cache while it is computed: some lines a block.
typedef struct {
  const int8_t *values;
  int lines;  // a constant wherever a tile is computed
} Int8Ahead;

// One block of some groups' rows, `stride` groups apart, times some positions, added to their sums.
__attribute__((always_inline)) static inline void int8_block(const Int8Product *call, long block, long group, int groups,
                                                             long stride, long first, int positions, Int8Ahead ahead,
                                                             Lanes sums[INT8_STREAMS][INT8_POSITIONS]) {
  const long blocks = call->blocks;
  const __m512i raise = _mm512_set1_epi8((char)0x80);
  const int8_t *values[INT8_STREAMS];
  __m512i upper[INT8_STREAMS][INT8_POSITIONS], lower[INT8_STREAMS][INT8_POSITIONS];
#pragma clang loop unroll(full)
  for (int g = 0; g < groups; g++) {
    values[g] = call->values + ((group + g * stride) * blocks + block) * 512;
#pragma clang loop unroll(full)
    for (int p = 0; p < positions; p++) {
      upper[g][p] = _mm512_setzero_si512();
      lower[g][p] = _mm512_set1_epi32(call->compensations[(first + p) * blocks + block]);
    }
  }
#pragma clang loop unroll(full)
  for (int line = 0; line < ahead.lines; line++)
    _mm_prefetch((const char *)ahead.values + (block * ahead.lines + line) * 64, _MM_HINT_T1);
#pragma clang loop unroll(full)
  for (int step = 0; step < 8; step++) {
    __m512i weight[INT8_STREAMS];
#pragma clang loop unroll(full)
    for (int g = 0; g < groups; g++) {
      weight[g] = _mm512_xor_si512(_mm512_loadu_si512(values[g] + step * 64), raise);
      _mm_prefetch((const char *)values[g] + step * 64 + INT8_AHEAD, _MM_HINT_T0);
    }
#pragma clang loop unroll(full)
    for (int p = 0; p < positions; p++) {
      const char *bytes = (const char *)call->activations + ((first + p) * blocks + block) * 64 + step * 4;
      int32_t four[2];
      memcpy(&four[0], bytes, sizeof four[0]);
      memcpy(&four[1], bytes + 32, sizeof four[1]);
#pragma clang loop unroll(full)
      for (int g = 0; g < groups; g++) {
        upper[g][p] = _mm512_dpbusd_epi32(upper[g][p], weight[g], _mm512_set1_epi32(four[0]));
        lower[g][p] = _mm512_dpbusd_epi32(lower[g][p], weight[g], _mm512_set1_epi32(four[1]));
      }
    }
  }
#pragma clang loop unroll(full)
  for (int g = 0; g < groups; g++) {
    const uint16_t *scales = call->scales + ((group + g * stride) * blocks + block) * 16;
    const Lanes weight_scales = lanes_load_bf16(scales);
    _mm_prefetch((const char *)scales + INT8_SCALES_AHEAD, _MM_HINT_T0);
#pragma clang loop unroll(full)
    for (int p = 0; p < positions; p++) {
      const Lanes activation_scale = lanes_set(call->activation_scales[(first + p) * blocks + block]);
      const Lanes scale = lanes_multiply(weight_scales, activation_scale);
      const __m512i exact = _mm512_add_epi32(_mm512_slli_epi32(upper[g][p], 8), lower[g][p]);
      sums[g][p] = lanes_add_product(sums[g][p], _mm512_cvtepi32_ps(exact), scale);
    }
  }
}

// Some groups' rows, `stride` groups apart, times some positions. The numbers of groups and of positions are constants.
__attribute__((always_inline)) static inline void int8_tile(const Int8Product *call, long group, int groups, long stride,
                                                            long first, int positions, Int8Ahead ahead) {
  Lanes sums[INT8_STREAMS][INT8_POSITIONS];
#pragma clang loop unroll(full)
  for (int g = 0; g < groups; g++)
#pragma clang loop unroll(full)
    for (int p = 0; p < positions; p++) sums[g][p] = lanes_set(0);
  for (long block = 0; block < call->blocks; block++)
    int8_block(call, block, group, groups, stride, first, positions, ahead, sums);
#pragma clang loop unroll(full)
  for (int g = 0; g < groups; g++)
#pragma clang loop unroll(full)
    for (int p = 0; p < positions; p++) {
      const long row = (group + g * stride) * 16;
      lanes_store_part(call->output + (first + p) * call->output_stride + row, sums[g][p], call->rows - row);
    }
}

// Neighbouring groups' rows times the positions from `position` on. Their weights come from memory only once, and would be
// waited for while the first positions are computed, so each of the first tiles asks for a part of the next groups' weights.
__attribute__((always_inline)) static inline void int8_groups(const Int8Product *call, long group, int groups,
                                                              long position) {
  const Int8Ahead nothing = {call->values, 0};
  const long tiles = (call->positions - position) / 4, size = groups * call->blocks * 512;
  const int8_t *next = call->values + (group / groups + 1) * size;
  for (long tile = 0; tile < tiles; tile++, position += 4) {
    if (tile < 2 && tiles < 4)
      int8_tile(call, group, groups, 1, position, 4, (Int8Ahead){next + tile * (size / 2), groups * 4});
    else if (tile < 4 && tiles >= 4)
      int8_tile(call, group, groups, 1, position, 4, (Int8Ahead){next + tile * (size / 4), groups * 2});
    else
      int8_tile(call, group, groups, 1, position, 4, nothing);
  }
  switch (call->positions - position) {
    case 3: int8_tile(call, group, groups, 1, position, 3, nothing); break;
    case 2: int8_tile(call, group, groups, 1, position, 2, nothing); break;
    case 1: int8_tile(call, group, groups, 1, position, 1, nothing); break;
  }
}

// All rows times the positions from `position` on.
static inline void int8_positions(const Int8Product *call, long position) {
  const long groups = (call->rows + 15) / 16;
  if (call->positions - position == 1) {
    const Int8Ahead nothing = {call->values, 0};
    const long stride = groups / INT8_STREAMS;
    for (long group = 0; group < stride; group++)
      int8_tile(call, group, INT8_STREAMS, stride, position, 1, nothing);
    for (long group = stride * INT8_STREAMS; group < groups; group++)
      int8_tile(call, group, 1, 1, position, 1, nothing);
  } else {
    long group = 0;
    for (; group + INT8_GROUPS <= groups; group += INT8_GROUPS) int8_groups(call, group, INT8_GROUPS, position);
    for (; group < groups; group++) int8_groups(call, group, 1, position);
  }
}

static void product_int8(const Int8Product *call) { int8_positions(call, 0); }

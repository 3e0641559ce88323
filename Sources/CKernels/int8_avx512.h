// The int8 product with the AVX-512 dot product, which takes an unsigned and a signed byte: the weight is raised by 128,
// and the sum begins at the compensation for that. Activations' upper and lower bytes are multiplied apart.

// Sixteen rows are a group. Two neighbouring groups times four positions are computed at once where there are positions
// enough, so that a number that was read is used more than once, and four groups, far apart, where there is one position,
// which is bound by memory: four streams of addresses are read faster than one. A stream's weights and scales are asked for
// so many bytes ahead. Many positions, which no cache holds, go by so many bytes of weights at a time.
enum { INT8_GROUPS = 2, INT8_POSITIONS = 4, INT8_STREAMS = 4 };
enum { INT8_AHEAD = 1536, INT8_SCALES_AHEAD = 256, INT8_MANY = 32, INT8_CACHED = 128 * 1024 };

// What is computed at once: some groups' rows, `stride` groups apart, times some positions. The numbers of groups,
// positions, bytes and lines are constants wherever a tile is computed.
typedef struct {
  long group, stride;
  int groups;
  long position;
  int positions;
  int bytes;            // of an activation: 1 or 2
  const int8_t *ahead;  // what will be read later, and is brought into the second-level cache meanwhile
  int lines;            // of it, for each block
} Int8Tile;

// One block of a tile, added to its sums.
__attribute__((always_inline)) static inline void int8_block(const Int8Product *call, Int8Tile tile, long block,
                                                             Lanes sums[INT8_STREAMS][INT8_POSITIONS]) {
  const long blocks = call->blocks;
  const __m512i raise = _mm512_set1_epi8((char)0x80);
  const int8_t *values[INT8_STREAMS];
  __m512i upper[INT8_STREAMS][INT8_POSITIONS], lower[INT8_STREAMS][INT8_POSITIONS];
#pragma clang loop unroll(full)
  for (int g = 0; g < tile.groups; g++) {
    values[g] = call->values + ((tile.group + g * tile.stride) * blocks + block) * 512;
#pragma clang loop unroll(full)
    for (int p = 0; p < tile.positions; p++) {
      upper[g][p] = _mm512_setzero_si512();
      lower[g][p] = _mm512_set1_epi32(call->compensations[(tile.position + p) * blocks + block]);
    }
  }
#pragma clang loop unroll(full)
  for (int line = 0; line < tile.lines; line++)
    _mm_prefetch((const char *)tile.ahead + (block * tile.lines + line) * 64, _MM_HINT_T1);
#pragma clang loop unroll(full)
  for (int step = 0; step < 8; step++) {
    __m512i weight[INT8_STREAMS];
#pragma clang loop unroll(full)
    for (int g = 0; g < tile.groups; g++) {
      weight[g] = _mm512_xor_si512(_mm512_loadu_si512(values[g] + step * 64), raise);
      _mm_prefetch((const char *)values[g] + step * 64 + INT8_AHEAD, _MM_HINT_T0);
    }
#pragma clang loop unroll(full)
    for (int p = 0; p < tile.positions; p++) {
      const char *place = (const char *)call->activations + ((tile.position + p) * blocks + block) * 64 + step * 4;
      int32_t four[2];
      memcpy(&four[0], place, sizeof four[0]);
      memcpy(&four[1], place + 32, sizeof four[1]);
#pragma clang loop unroll(full)
      for (int g = 0; g < tile.groups; g++) {
        if (tile.bytes > 1) upper[g][p] = _mm512_dpbusd_epi32(upper[g][p], weight[g], _mm512_set1_epi32(four[0]));
        lower[g][p] = _mm512_dpbusd_epi32(lower[g][p], weight[g], _mm512_set1_epi32(four[1]));
      }
    }
  }
#pragma clang loop unroll(full)
  for (int g = 0; g < tile.groups; g++) {
    const uint16_t *scales = call->scales + ((tile.group + g * tile.stride) * blocks + block) * 16;
    const Lanes weight_scales = lanes_load_bf16(scales);
    _mm_prefetch((const char *)scales + INT8_SCALES_AHEAD, _MM_HINT_T0);
#pragma clang loop unroll(full)
    for (int p = 0; p < tile.positions; p++) {
      const Lanes activation_scale = lanes_set(call->activation_scales[(tile.position + p) * blocks + block]);
      const Lanes scale = lanes_multiply(weight_scales, activation_scale);
      const __m512i exact =
          tile.bytes > 1 ? _mm512_add_epi32(_mm512_slli_epi32(upper[g][p], 8), lower[g][p]) : lower[g][p];
      sums[g][p] = lanes_add_product(sums[g][p], _mm512_cvtepi32_ps(exact), scale);
    }
  }
}

__attribute__((always_inline)) static inline void int8_tile(const Int8Product *call, Int8Tile tile) {
  Lanes sums[INT8_STREAMS][INT8_POSITIONS];
#pragma clang loop unroll(full)
  for (int g = 0; g < tile.groups; g++)
#pragma clang loop unroll(full)
    for (int p = 0; p < tile.positions; p++) sums[g][p] = lanes_set(0);
  for (long block = 0; block < call->blocks; block++) int8_block(call, tile, block, sums);
#pragma clang loop unroll(full)
  for (int g = 0; g < tile.groups; g++)
#pragma clang loop unroll(full)
    for (int p = 0; p < tile.positions; p++) {
      const long row = (tile.group + g * tile.stride) * 16;
      float *place = call->output + (tile.position + p) * call->output_stride + row;
      lanes_store_part(place, sums[g][p], call->rows - row);
    }
}

// Neighbouring sets of groups times the positions from `position` on. Weights come from memory only once, and would be
// waited for while the first positions are computed, so each of the first tiles asks for a part of the sets that come next.
__attribute__((always_inline)) static inline void int8_sets(const Int8Product *call, long first, long sets, int groups,
                                                            long position, int bytes) {
  const long tiles = (call->positions - position) / 4, size = groups * call->blocks * 512;
  const int8_t *next = call->values + first * call->blocks * 512 + sets * size;
  for (long tile = 0; tile < tiles; tile++, position += 4)
    for (long set = 0; set < sets; set++) {
      const long group = first + set * groups, part = tile * sets + set;
      if (tile < 4 && tiles >= 4)
        int8_tile(call, (Int8Tile){group, 1, groups, position, 4, bytes, next + part * (size / 4), groups * 2});
      else if (tile < 2 && tiles < 4)
        int8_tile(call, (Int8Tile){group, 1, groups, position, 4, bytes, next + part * (size / 2), groups * 4});
      else
        int8_tile(call, (Int8Tile){group, 1, groups, position, 4, bytes, next, 0});
    }
  for (long group = first; group < first + sets * groups; group += groups) {
    switch (call->positions - position) {
      case 3: int8_tile(call, (Int8Tile){group, 1, groups, position, 3, bytes, next, 0}); break;
      case 2: int8_tile(call, (Int8Tile){group, 1, groups, position, 2, bytes, next, 0}); break;
      case 1: int8_tile(call, (Int8Tile){group, 1, groups, position, 1, bytes, next, 0}); break;
    }
  }
}

// All rows times one position.
__attribute__((always_inline)) static inline void int8_single(const Int8Product *call, long position, int bytes) {
  const long groups = (call->rows + 15) / 16, stride = groups / INT8_STREAMS;
  for (long group = 0; group < stride; group++)
    int8_tile(call, (Int8Tile){group, stride, INT8_STREAMS, position, 1, bytes, call->values, 0});
  for (long group = stride * INT8_STREAMS; group < groups; group++)
    int8_tile(call, (Int8Tile){group, 1, 1, position, 1, bytes, call->values, 0});
}

// All rows times the positions from `position` on.
__attribute__((always_inline)) static inline void int8_rows(const Int8Product *call, long position, int bytes) {
  if (call->positions - position == 1) return int8_single(call, position, bytes);
  const long groups = (call->rows + 15) / 16, whole = groups / INT8_GROUPS;
  const long sets = call->positions < INT8_MANY ? 1 : INT8_CACHED / (INT8_GROUPS * call->blocks * 512 + 1) + 1;
  for (long set = 0; set < whole; set += sets)
    int8_sets(call, set * INT8_GROUPS, whole - set < sets ? whole - set : sets, INT8_GROUPS, position, bytes);
  if (groups % INT8_GROUPS > 0) int8_sets(call, groups - 1, 1, 1, position, bytes);
}

static void int8_positions(const Int8Product *call, long position) {
  if (call->are_bytes)
    int8_rows(call, position, 1);
  else
    int8_rows(call, position, 2);
}

static void product_int8(const Int8Product *call) { int8_positions(call, 0); }

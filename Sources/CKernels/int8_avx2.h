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

// Many positions are bound by arithmetic: weights are widened once for all of them, to pairs of neighbouring columns of
// eight rows to a register, so that nothing has to be added across a register.
enum { PANEL_POSITIONS = 32, PANEL_TILE = 4, PANEL_PAIRS = 16 };

// How many blocks ahead weights are asked for: a page of them, since the processor's own reading ahead ends with each page.
enum { PANEL_AHEAD = 8 };

typedef struct {
  __m256i pairs[PANEL_PAIRS][2];  // two columns of rows 0 1 4 5 | 2 3 6 7, and of those eight further
} WeightPanel;

// From the panel's order of rows to the usual one, or back.
static inline Lanes reorder_rows(Lanes a) {
  return (Lanes){_mm256_castpd_ps(_mm256_permute4x64_pd(_mm256_castps_pd(a.low), 0xd8)),
                 _mm256_castpd_ps(_mm256_permute4x64_pd(_mm256_castps_pd(a.high), 0xd8))};
}

// Asks for one block of sixteen rows, which may be past the end of the matrix.
static inline void prefetch_panel(const Int8Product *call, long place) {
  for (int line = 0; line < 8; line++) _mm_prefetch((const char *)call->values + place * 512 + line * 64, _MM_HINT_T0);
  _mm_prefetch((const char *)(call->scales + place * 16), _MM_HINT_T0);
}

// Widens one block of sixteen rows.
static inline void widen_panel(WeightPanel *panel, const int8_t *values) {
#pragma clang loop unroll(disable)
  for (int step = 0; step < 8; step++) {
    for (int half = 0; half < 2; half++) {
      const __m128i *bytes = (const __m128i *)(values + step * 64 + half * 32);
      const __m256 one = _mm256_castsi256_ps(_mm256_cvtepi8_epi16(_mm_loadu_si128(bytes)));
      const __m256 other = _mm256_castsi256_ps(_mm256_cvtepi8_epi16(_mm_loadu_si128(bytes + 1)));
      panel->pairs[2 * step][half] = _mm256_castps_si256(_mm256_shuffle_ps(one, other, 0x88));
      panel->pairs[2 * step + 1][half] = _mm256_castps_si256(_mm256_shuffle_ps(one, other, 0xdd));
    }
  }
}

// A block of sixteen rows times a few positions, added to their sums.
static inline void panel_tile(const Int8Product *call, const WeightPanel *panel, Lanes weight_scales, long block,
                              long first, Lanes *sums) {
  const char *activations[PANEL_TILE];
  __m256i exact[PANEL_TILE][2];
#pragma clang loop unroll(full)
  for (int p = 0; p < PANEL_TILE; p++) {
    activations[p] = (const char *)call->activations + ((first + p) * call->blocks + block) * 64;
    exact[p][0] = exact[p][1] = _mm256_setzero_si256();
  }
#pragma clang loop unroll(disable)
  for (int pair = 0; pair < PANEL_PAIRS; pair++) {
    const __m256i low = panel->pairs[pair][0], high = panel->pairs[pair][1];
#pragma clang loop unroll(full)
    for (int p = 0; p < PANEL_TILE; p++) {
      int32_t two;
      memcpy(&two, activations[p] + pair * 4, sizeof two);
      const __m256i activation = _mm256_set1_epi32(two);
      exact[p][0] = _mm256_add_epi32(exact[p][0], _mm256_madd_epi16(low, activation));
      exact[p][1] = _mm256_add_epi32(exact[p][1], _mm256_madd_epi16(high, activation));
    }
  }
#pragma clang loop unroll(full)
  for (int p = 0; p < PANEL_TILE; p++) {
    const Lanes activation_scale = lanes_set(call->activation_scales[(first + p) * call->blocks + block]);
    const Lanes exact_lanes = {_mm256_cvtepi32_ps(exact[p][0]), _mm256_cvtepi32_ps(exact[p][1])};
    sums[p] = lanes_add_product(sums[p], exact_lanes, lanes_multiply(weight_scales, activation_scale));
  }
}

// Sixteen rows times some positions, a multiple of the tile and no more than there is room for.
static void int8_panel(const Int8Product *call, long group, long first, long positions) {
  Lanes sums[PANEL_POSITIONS];
  for (long p = 0; p < positions; p++) sums[p] = lanes_set(0);
  for (long block = 0; block < call->blocks; block++) {
    const long place = group * call->blocks + block;
    prefetch_panel(call, place + PANEL_AHEAD);
    WeightPanel panel;
    widen_panel(&panel, call->values + place * 512);
    const Lanes weight_scales = reorder_rows(lanes_load_bf16(call->scales + place * 16));
    for (long p = 0; p < positions; p += PANEL_TILE) panel_tile(call, &panel, weight_scales, block, first + p, sums + p);
  }
  const long row = group * 16;
  for (long p = 0; p < positions; p++)
    lanes_store_part(call->output + (first + p) * call->output_stride + row, reorder_rows(sums[p]), call->rows - row);
}

static void product_int8(const Int8Product *call) {
  const long groups = (call->rows + 15) / 16;
  const long tiled = call->positions / PANEL_TILE * PANEL_TILE, paired = call->positions / 2 * 2;
  for (long group = 0; group < groups; group++) {
    for (long position = 0; position < tiled; position += PANEL_POSITIONS)
      int8_panel(call, group, position, tiled - position < PANEL_POSITIONS ? tiled - position : PANEL_POSITIONS);
    for (long position = tiled; position < paired; position += 2) int8_tile(call, group, 1, 1, position, 2);
  }
  if (paired == call->positions) return;
  const long stride = groups / INT8_STREAMS;
  for (long group = 0; group < stride; group++) int8_tile(call, group, INT8_STREAMS, stride, paired, 1);
  for (long group = stride * INT8_STREAMS; group < groups; group++) int8_tile(call, group, 1, 1, paired, 1);
}

// The int8 product with AVX2: weights are widened to 16 bits, and neighbouring columns are multiplied and added in 32.

// Each eight rows' sums are kept in the order 0 1 4 5 | 2 3 6 7, into which adding neighbours brings them: moving numbers
// between the halves of a register is slow, and needed only once at the end.

static inline __m256 reorder_eight(__m256 a) {
  return _mm256_castpd_ps(_mm256_permute4x64_pd(_mm256_castps_pd(a), 0xd8));
}

// From this order to the usual one.
static inline Lanes usual_order(Lanes a) { return (Lanes){reorder_eight(a.low), reorder_eight(a.high)}; }

// The scales of sixteen rows, in this order.
static inline Lanes load_scales(const uint16_t *p) {
  const __m256i order = _mm256_setr_epi32(0, 2, 4, 6, 1, 3, 5, 7), zero = _mm256_setzero_si256();
  const __m256i scales = _mm256_permutevar8x32_epi32(_mm256_loadu_si256((const __m256i *)p), order);
  return (Lanes){_mm256_castsi256_ps(_mm256_unpacklo_epi16(zero, scales)),
                 _mm256_castsi256_ps(_mm256_unpackhi_epi16(zero, scales))};
}

// The sums of neighbouring numbers of two registers, which hold two for each of eight rows.
static inline __m256 float_of_pairs(__m256i one, __m256i other) {
  const __m256 a = _mm256_castsi256_ps(one), b = _mm256_castsi256_ps(other);
  const __m256i even = _mm256_castps_si256(_mm256_shuffle_ps(a, b, 0x88));
  const __m256i odd = _mm256_castps_si256(_mm256_shuffle_ps(a, b, 0xdd));
  return _mm256_cvtepi32_ps(_mm256_add_epi32(even, odd));
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
// Not unrolled further: the compiler would gather the loads of all steps and run out of registers.
#pragma clang loop unroll_count(2)
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
      const Lanes weight_scales = load_scales(call->scales + ((group + g * stride) * blocks + block) * 16);
#pragma clang loop unroll(full)
      for (int p = 0; p < positions; p++) {
        const Lanes activation_scale = lanes_set(call->activation_scales[(first + p) * blocks + block]);
        const Lanes scale = lanes_multiply(weight_scales, activation_scale);
        const Lanes sum = {float_of_pairs(exact[p][0], exact[p][1]), float_of_pairs(exact[p][2], exact[p][3])};
        sums[g][p] = lanes_add_product(sums[g][p], sum, scale);
      }
    }
  }
#pragma clang loop unroll(full)
  for (int g = 0; g < groups; g++)
#pragma clang loop unroll(full)
    for (int p = 0; p < positions; p++) {
      const long row = (group + g * stride) * 16;
      lanes_store_part(call->output + (first + p) * call->output_stride + row, usual_order(sums[g][p]), call->rows - row);
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
#pragma clang loop unroll_count(2)
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
    const Lanes weight_scales = load_scales(call->scales + place * 16);
    for (long p = 0; p < positions; p += PANEL_TILE) panel_tile(call, &panel, weight_scales, block, first + p, sums + p);
  }
  const long row = group * 16;
  for (long p = 0; p < positions; p++)
    lanes_store_part(call->output + (first + p) * call->output_stride + row, usual_order(sums[p]), call->rows - row);
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

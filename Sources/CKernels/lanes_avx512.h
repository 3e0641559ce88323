// Sixteen lanes in one AVX-512 register.

typedef __m512 Lanes;

static inline Lanes lanes_set(float x) { return _mm512_set1_ps(x); }
static inline Lanes lanes_load(const float *p) { return _mm512_loadu_ps(p); }
static inline void lanes_store(float *p, Lanes a) { _mm512_storeu_ps(p, a); }

static inline Lanes lanes_load_bf16(const uint16_t *p) {
  const __m512i wide = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)p));
  return _mm512_castsi512_ps(_mm512_slli_epi32(wide, 16));
}

static inline Lanes lanes_load_f16(const uint16_t *p) {
  return _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)p));
}

static inline Lanes lanes_load_int8(const int8_t *p) {
  return _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i *)p)));
}

static inline Lanes lanes_add(Lanes a, Lanes b) { return _mm512_add_ps(a, b); }
static inline Lanes lanes_subtract(Lanes a, Lanes b) { return _mm512_sub_ps(a, b); }
static inline Lanes lanes_multiply(Lanes a, Lanes b) { return _mm512_mul_ps(a, b); }
static inline Lanes lanes_divide(Lanes a, Lanes b) { return _mm512_div_ps(a, b); }
static inline Lanes lanes_maximum(Lanes a, Lanes b) { return _mm512_max_ps(a, b); }
static inline Lanes lanes_minimum(Lanes a, Lanes b) { return _mm512_min_ps(a, b); }

// sum + a · b, rounded once
static inline Lanes lanes_add_product(Lanes sum, Lanes a, Lanes b) { return _mm512_fmadd_ps(a, b, sum); }

// x < 0 ? yes : no
static inline Lanes lanes_where_negative(Lanes x, Lanes yes, Lanes no) {
  return _mm512_mask_blend_ps(_mm512_cmp_ps_mask(x, _mm512_setzero_ps(), _CMP_LT_OQ), no, yes);
}

// x · 2ⁿ, where `shifted` is n + 1.5·2²³ and the result is normal
static inline Lanes lanes_times_power(Lanes x, Lanes shifted) {
  const __m512i n = _mm512_sub_epi32(_mm512_castps_si512(shifted), _mm512_set1_epi32(0x4b400000));
  return _mm512_castsi512_ps(_mm512_add_epi32(_mm512_castps_si512(x), _mm512_slli_epi32(n, 23)));
}

static inline float lanes_sum(Lanes a) {
  const __m256 eight = _mm256_add_ps(_mm512_castps512_ps256(a), _mm512_extractf32x8_ps(a, 1));
  const __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}

static inline float lanes_largest(Lanes a) {
  const __m256 eight = _mm256_max_ps(_mm512_castps512_ps256(a), _mm512_extractf32x8_ps(a, 1));
  const __m128 four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  const __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)));
}

// Sixteen lanes in two AVX2 registers.

typedef struct {
  __m256 low, high;
} Lanes;

static inline Lanes lanes_set(float x) { return (Lanes){_mm256_set1_ps(x), _mm256_set1_ps(x)}; }
static inline Lanes lanes_load(const float *p) { return (Lanes){_mm256_loadu_ps(p), _mm256_loadu_ps(p + 8)}; }

static inline void lanes_store(float *p, Lanes a) {
  _mm256_storeu_ps(p, a.low);
  _mm256_storeu_ps(p + 8, a.high);
}

static inline __m256 widen_bf16(const uint16_t *p) {
  return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)p)), 16));
}

static inline Lanes lanes_load_bf16(const uint16_t *p) { return (Lanes){widen_bf16(p), widen_bf16(p + 8)}; }

static inline Lanes lanes_load_f16(const uint16_t *p) {
  return (Lanes){_mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)p)),
                 _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(p + 8)))};
}

static inline __m256 widen_int8(const int8_t *p) {
  return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_loadl_epi64((const __m128i *)p)));
}

static inline Lanes lanes_load_int8(const int8_t *p) { return (Lanes){widen_int8(p), widen_int8(p + 8)}; }

static inline Lanes lanes_add(Lanes a, Lanes b) {
  return (Lanes){_mm256_add_ps(a.low, b.low), _mm256_add_ps(a.high, b.high)};
}

static inline Lanes lanes_subtract(Lanes a, Lanes b) {
  return (Lanes){_mm256_sub_ps(a.low, b.low), _mm256_sub_ps(a.high, b.high)};
}

static inline Lanes lanes_multiply(Lanes a, Lanes b) {
  return (Lanes){_mm256_mul_ps(a.low, b.low), _mm256_mul_ps(a.high, b.high)};
}

static inline Lanes lanes_divide(Lanes a, Lanes b) {
  return (Lanes){_mm256_div_ps(a.low, b.low), _mm256_div_ps(a.high, b.high)};
}

static inline Lanes lanes_maximum(Lanes a, Lanes b) {
  return (Lanes){_mm256_max_ps(a.low, b.low), _mm256_max_ps(a.high, b.high)};
}

static inline Lanes lanes_minimum(Lanes a, Lanes b) {
  return (Lanes){_mm256_min_ps(a.low, b.low), _mm256_min_ps(a.high, b.high)};
}

// sum + a · b, rounded once
static inline Lanes lanes_add_product(Lanes sum, Lanes a, Lanes b) {
  return (Lanes){_mm256_fmadd_ps(a.low, b.low, sum.low), _mm256_fmadd_ps(a.high, b.high, sum.high)};
}

static inline __m256 where_negative(__m256 x, __m256 yes, __m256 no) {
  return _mm256_blendv_ps(no, yes, _mm256_cmp_ps(x, _mm256_setzero_ps(), _CMP_LT_OQ));
}

// x < 0 ? yes : no
static inline Lanes lanes_where_negative(Lanes x, Lanes yes, Lanes no) {
  return (Lanes){where_negative(x.low, yes.low, no.low), where_negative(x.high, yes.high, no.high)};
}

static inline __m256 times_power(__m256 x, __m256 shifted) {
  const __m256i n = _mm256_sub_epi32(_mm256_castps_si256(shifted), _mm256_set1_epi32(0x4b400000));
  return _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(x), _mm256_slli_epi32(n, 23)));
}

// x · 2ⁿ, where `shifted` is n + 1.5·2²³ and the result is normal
static inline Lanes lanes_times_power(Lanes x, Lanes shifted) {
  return (Lanes){times_power(x.low, shifted.low), times_power(x.high, shifted.high)};
}

static inline float lanes_sum(Lanes a) {
  const __m256 eight = _mm256_add_ps(a.low, a.high);
  const __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}

static inline float lanes_largest(Lanes a) {
  const __m256 eight = _mm256_max_ps(a.low, a.high);
  const __m128 four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  const __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)));
}

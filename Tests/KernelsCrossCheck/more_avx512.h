// Instructions that SIMDe does not have, made of their halves.

typedef union {
  __m512 floats;
  __m512i integers;
  __m256 float_halves[2];
  __m256i integer_halves[2];
} Halves;

static __m512 float_from_int32(__m512i x) {
  Halves halves = {.integers = x};
  for (int i = 0; i < 2; i++) halves.float_halves[i] = _mm256_cvtepi32_ps(halves.integer_halves[i]);
  return halves.floats;
}

static __m512i int32_from_uint16(__m256i x) {
  Halves halves;
  halves.integer_halves[0] = _mm256_cvtepu16_epi32(_mm256_castsi256_si128(x));
  halves.integer_halves[1] = _mm256_cvtepu16_epi32(_mm256_extracti128_si256(x, 1));
  return halves.integers;
}

static __m512i int32_from_int8(__m128i x) {
  Halves halves;
  halves.integer_halves[0] = _mm256_cvtepi8_epi32(x);
  halves.integer_halves[1] = _mm256_cvtepi8_epi32(_mm_srli_si128(x, 8));
  return halves.integers;
}

static __m512 float_from_f16(__m256i x) {
  Halves halves;
  halves.float_halves[0] = _mm256_cvtph_ps(_mm256_castsi256_si128(x));
  halves.float_halves[1] = _mm256_cvtph_ps(_mm256_extracti128_si256(x, 1));
  return halves.floats;
}

static __m256 half_of(__m512 x, int half) { return ((Halves){.floats = x}).float_halves[half]; }

#undef _mm512_cvtepi32_ps
#undef _mm512_cvtepu16_epi32
#undef _mm512_cvtepi8_epi32
#undef _mm512_cvtph_ps
#undef _mm512_extractf32x8_ps
#define _mm512_cvtepi32_ps float_from_int32
#define _mm512_cvtepu16_epi32 int32_from_uint16
#define _mm512_cvtepi8_epi32 int32_from_int8
#define _mm512_cvtph_ps float_from_f16
#define _mm512_extractf32x8_ps half_of

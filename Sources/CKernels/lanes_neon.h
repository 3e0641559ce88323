// Sixteen lanes in four NEON registers.

typedef struct {
  float32x4_t part[4];
} Lanes;

#define EACH_PART(expression)                  \
  do {                                         \
    Lanes result;                              \
    for (int i = 0; i < 4; i++) result.part[i] = (expression); \
    return result;                             \
  } while (0)

static inline Lanes lanes_set(float x) { EACH_PART(vdupq_n_f32(x)); }
static inline Lanes lanes_load(const float *p) { EACH_PART(vld1q_f32(p + 4 * i)); }

static inline void lanes_store(float *p, Lanes a) {
  for (int i = 0; i < 4; i++) vst1q_f32(p + 4 * i, a.part[i]);
}

static inline Lanes lanes_load_bf16(const uint16_t *p) {
  EACH_PART(vreinterpretq_f32_u32(vshll_n_u16(vld1_u16(p + 4 * i), 16)));
}

static inline Lanes lanes_load_f16(const uint16_t *p) {
  EACH_PART(vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(p + 4 * i))));
}

static inline Lanes lanes_load_int8(const int8_t *p) {
  const int8x16_t bytes = vld1q_s8(p);
  const int16x8_t words[2] = {vmovl_s8(vget_low_s8(bytes)), vmovl_s8(vget_high_s8(bytes))};
  EACH_PART(vcvtq_f32_s32(vmovl_s16(i % 2 ? vget_high_s16(words[i / 2]) : vget_low_s16(words[i / 2]))));
}

static inline Lanes lanes_add(Lanes a, Lanes b) { EACH_PART(vaddq_f32(a.part[i], b.part[i])); }
static inline Lanes lanes_subtract(Lanes a, Lanes b) { EACH_PART(vsubq_f32(a.part[i], b.part[i])); }
static inline Lanes lanes_multiply(Lanes a, Lanes b) { EACH_PART(vmulq_f32(a.part[i], b.part[i])); }
static inline Lanes lanes_divide(Lanes a, Lanes b) { EACH_PART(vdivq_f32(a.part[i], b.part[i])); }
static inline Lanes lanes_maximum(Lanes a, Lanes b) { EACH_PART(vmaxq_f32(a.part[i], b.part[i])); }
static inline Lanes lanes_minimum(Lanes a, Lanes b) { EACH_PART(vminq_f32(a.part[i], b.part[i])); }

// sum + a · b, rounded once
static inline Lanes lanes_add_product(Lanes sum, Lanes a, Lanes b) {
  EACH_PART(vfmaq_f32(sum.part[i], a.part[i], b.part[i]));
}

// x < 0 ? yes : no
static inline Lanes lanes_where_negative(Lanes x, Lanes yes, Lanes no) {
  EACH_PART(vbslq_f32(vcltzq_f32(x.part[i]), yes.part[i], no.part[i]));
}

static inline float32x4_t times_power(float32x4_t x, float32x4_t shifted) {
  const int32x4_t n = vsubq_s32(vreinterpretq_s32_f32(shifted), vdupq_n_s32(0x4b400000));
  return vreinterpretq_f32_s32(vaddq_s32(vreinterpretq_s32_f32(x), vshlq_n_s32(n, 23)));
}

// x · 2ⁿ, where `shifted` is n + 1.5·2²³ and the result is normal
static inline Lanes lanes_times_power(Lanes x, Lanes shifted) { EACH_PART(times_power(x.part[i], shifted.part[i])); }

static inline float lanes_sum(Lanes a) {
  const float32x4_t four =
      vaddq_f32(vaddq_f32(a.part[0], a.part[2]), vaddq_f32(a.part[1], a.part[3]));
  const float32x2_t two = vadd_f32(vget_low_f32(four), vget_high_f32(four));
  return vget_lane_f32(two, 0) + vget_lane_f32(two, 1);
}

static inline float lanes_largest(Lanes a) {
  return vmaxvq_f32(vmaxq_f32(vmaxq_f32(a.part[0], a.part[1]), vmaxq_f32(a.part[2], a.part[3])));
}

#undef EACH_PART

// Sixteen lanes in an array: the kernels' meaning, without instructions of any processor.

typedef struct {
  float lane[16];
} Lanes;

#define EACH_LANE(expression)                                         \
  do {                                                                \
    Lanes result;                                                     \
    for (int i = 0; i < 16; i++) result.lane[i] = (expression);       \
    return result;                                                    \
  } while (0)

static uint32_t bits_of(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static float with_bits(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static float float_of_f16(uint16_t bits) {
  const int exponent = bits >> 10 & 31, fraction = bits & 1023;
  const float size = exponent == 31 ? (fraction ? NAN : INFINITY)
                     : exponent     ? ldexpf((float)(1024 + fraction), exponent - 25)
                                    : ldexpf((float)fraction, -24);
  return bits >> 15 ? -size : size;
}

static Lanes lanes_set(float x) { EACH_LANE(x); }
static Lanes lanes_load(const float *p) { EACH_LANE(p[i]); }
static void lanes_store(float *p, Lanes a) { memcpy(p, a.lane, sizeof a.lane); }
static Lanes lanes_load_bf16(const uint16_t *p) { EACH_LANE(with_bits((uint32_t)p[i] << 16)); }
static Lanes lanes_load_f16(const uint16_t *p) { EACH_LANE(float_of_f16(p[i])); }
static Lanes lanes_load_int8(const int8_t *p) { EACH_LANE((float)p[i]); }
static Lanes lanes_add(Lanes a, Lanes b) { EACH_LANE(a.lane[i] + b.lane[i]); }
static Lanes lanes_subtract(Lanes a, Lanes b) { EACH_LANE(a.lane[i] - b.lane[i]); }
static Lanes lanes_multiply(Lanes a, Lanes b) { EACH_LANE(a.lane[i] * b.lane[i]); }
static Lanes lanes_divide(Lanes a, Lanes b) { EACH_LANE(a.lane[i] / b.lane[i]); }
static Lanes lanes_maximum(Lanes a, Lanes b) { EACH_LANE(fmaxf(a.lane[i], b.lane[i])); }
static Lanes lanes_minimum(Lanes a, Lanes b) { EACH_LANE(fminf(a.lane[i], b.lane[i])); }
static Lanes lanes_add_product(Lanes sum, Lanes a, Lanes b) { EACH_LANE(fmaf(a.lane[i], b.lane[i], sum.lane[i])); }

static Lanes lanes_where_negative(Lanes x, Lanes yes, Lanes no) {
  EACH_LANE(x.lane[i] < 0 ? yes.lane[i] : no.lane[i]);
}

static Lanes lanes_times_power(Lanes x, Lanes shifted) {
  EACH_LANE(with_bits(bits_of(x.lane[i]) + ((bits_of(shifted.lane[i]) - 0x4b400000u) << 23)));
}

static float lanes_sum(Lanes a) {
  for (int distance = 8; distance > 0; distance /= 2)
    for (int i = 0; i < distance; i++) a.lane[i] += a.lane[i + distance];
  return a.lane[0];
}

static float lanes_largest(Lanes a) {
  float largest = a.lane[0];
  for (int i = 1; i < 16; i++) largest = fmaxf(largest, a.lane[i]);
  return largest;
}

static void product_int8(const Int8Product *call) {
  for (long p = 0; p < call->positions; p++) {
    for (long row = 0; row < call->rows; row++) {
      float sum = 0;
      for (long block = 0; block < call->blocks; block++) {
        const long weights = row / 16 * call->blocks + block, activations = p * call->blocks + block;
        int32_t exact = 0;
        for (int column = 0; column < 32; column++)
          exact += call->values[weights * 512 + column / 4 * 64 + row % 16 * 4 + column % 4] *
                   ((const int16_t *)call->activations)[activations * 32 + column];
        const float scale = with_bits((uint32_t)call->scales[weights * 16 + row % 16] << 16);
        const float both = scale * call->activation_scales[activations];
        sum = fmaf((float)exact, both, sum);
      }
      call->output[p * call->output_stride + row] = sum;
    }
  }
}

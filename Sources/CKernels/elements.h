// Kernels over the numbers of one position.

__attribute__((always_inline)) static inline void round_in_layout(const Rounding *call, ActivationLayout layout) {
  enum { BLOCK = 32 };
  for (long first = 0, block = 0; first < call->count; first += BLOCK, block++) {
    const Lanes halves[2] = {lanes_load_part(call->input + first, call->count - first),
                             lanes_load_part(call->input + first + LANES, call->count - first - LANES)};
    const Lanes sizes[2] = {lanes_maximum(halves[0], lanes_negate(halves[0])),
                            lanes_maximum(halves[1], lanes_negate(halves[1]))};
    const float largest = lanes_largest(lanes_maximum(sizes[0], sizes[1]));
    const bool is_zero = largest < 0x1p-100f;
    const float zero_or_nan =
        lanes_sum(lanes_add(lanes_multiply(sizes[0], lanes_set(0)), lanes_multiply(sizes[1], lanes_set(0))));
    const Lanes inverse = lanes_set(is_zero ? 0 : call->largest_integer / largest);
    int32_t integers[BLOCK];
    for (int half = 0; half < 2; half++) {
      float shifted[LANES];
      lanes_store(shifted, lanes_add(lanes_multiply(halves[half], inverse), lanes_set(12582912.0f)));
      memcpy(integers + half * LANES, shifted, sizeof shifted);
    }
    int16_t words[BLOCK];
    int32_t sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      words[i] = (int16_t)(uint16_t)integers[i];
      sum += words[i];
    }
    char *place = (char *)call->values + block * 64;
    if (layout == ActivationLayoutWords) {
      memcpy(place, words, sizeof words);
    } else {
      int8_t planes[2][BLOCK];
      for (int i = 0; i < BLOCK; i++) {
        planes[0][i] = (int8_t)((words[i] + 128) >> 8);
        planes[1][i] = (int8_t)(uint8_t)words[i];
      }
      memcpy(place, planes, sizeof planes);
    }
    call->scales[block] = (is_zero ? 0 : largest / call->largest_integer) + zero_or_nan;
    call->compensations[block] = -128 * sum;
  }
}

static void round_to_words(const Rounding *call) { round_in_layout(call, ActivationLayoutWords); }
static void round_to_planes(const Rounding *call) { round_in_layout(call, ActivationLayoutPlanes); }

static void normalize(const Normalization *call) {
  Lanes squares = lanes_set(0);
  for (long i = 0; i < call->count; i += LANES) {
    const long count = call->count - i;
    Lanes x = lanes_load_part(call->residual + i, count);
    if (call->addend) {
      x = lanes_add(x, lanes_load_part(call->addend + i, count));
      lanes_store_part(call->residual + i, x, count);
    }
    squares = lanes_add_product(squares, x, x);
  }
  const float mean = lanes_sum(squares) / (float)call->count;
  const Lanes factor = lanes_set(1 / sqrtf(mean + call->epsilon));
  for (long i = 0; i < call->count; i += LANES) {
    const long count = call->count - i;
    Lanes x = lanes_multiply(lanes_load_part(call->residual + i, count), factor);
    x = lanes_multiply(x, lanes_load_part(call->weight + i, count));
    lanes_store_part(call->output + i, x, count);
  }
}

static void rotate(const Rotation *call) {
  for (long i = 0; i < call->half; i += LANES) {
    const long count = call->half - i;
    float *low = call->vector + i, *high = low + call->half;
    const Lanes cosine = lanes_load_part(call->cosine + i, count), sine = lanes_load_part(call->sine + i, count);
    const Lanes first = lanes_load_part(low, count), second = lanes_load_part(high, count);
    lanes_store_part(low, lanes_add_product(lanes_multiply(first, cosine), lanes_negate(second), sine), count);
    lanes_store_part(high, lanes_add_product(lanes_multiply(second, cosine), first, sine), count);
  }
}

static void activate(const Activation *call) {
  for (long i = 0; i < call->count; i += LANES) {
    const long count = call->count - i;
    Lanes x = lanes_activate(lanes_load_part(call->gate + i, count), call->function);
    if (call->up) x = lanes_multiply(x, lanes_load_part(call->up + i, count));
    lanes_store_part(call->output + i, x, count);
  }
}

// What the kernels need beyond the instructions: parts of sixteen lanes, the exponential, the activation functions.
// Each step is that of the plain Swift version, in its order.

enum { LANES = 16 };

// The first `count` numbers, from 0 to 16, the other lanes 0.
static inline Lanes lanes_load_part(const float *p, long count) {
  if (count >= LANES) return lanes_load(p);
  float part[LANES] = {0};
  if (count > 0) memcpy(part, p, (size_t)count * sizeof *p);
  return lanes_load(part);
}

// Writes the first `count` lanes.
static inline void lanes_store_part(float *p, Lanes a, long count) {
  if (count >= LANES) {
    lanes_store(p, a);
  } else if (count > 0) {
    float part[LANES];
    lanes_store(part, a);
    memcpy(p, part, (size_t)count * sizeof *p);
  }
}

static inline Lanes lanes_negate(Lanes x) { return lanes_multiply(x, lanes_set(-1)); }

// constant + x · y
static inline Lanes horner(float constant, Lanes x, Lanes y) { return lanes_add_product(lanes_set(constant), x, y); }

static inline Lanes lanes_exponential(Lanes x) {
  x = lanes_minimum(lanes_maximum(x, lanes_set(-87)), lanes_set(88));
  const Lanes shifted = horner(12582912.0f, x, lanes_set(1.44269504f));
  const Lanes n = lanes_subtract(shifted, lanes_set(12582912.0f));
  Lanes r = lanes_add_product(x, n, lanes_set(-0.693145751953125f));
  r = lanes_add_product(r, n, lanes_set(-1.428606765330187e-06f));
  Lanes p = lanes_set(0.0013950599823147058f);
  p = horner(0.008368954062461853f, p, r);
  p = horner(0.04166620597243309f, p, r);
  p = horner(0.166665181517601f, p, r);
  p = horner(0.5f, p, r);
  const Lanes power = lanes_add(lanes_add_product(r, lanes_multiply(r, r), p), lanes_set(1));
  return lanes_times_power(power, shifted);
}

static inline Lanes sigmoid_product(Lanes x, Lanes angle) {
  return lanes_divide(x, lanes_add(lanes_exponential(lanes_negate(angle)), lanes_set(1)));
}

static inline Lanes lanes_gelu(Lanes x) {
  const Lanes z = lanes_multiply(lanes_maximum(x, lanes_negate(x)), lanes_set(0.70710677f));
  const Lanes t = lanes_divide(lanes_set(1), horner(1, z, lanes_set(0.3275911f)));
  Lanes p = lanes_set(-0.2984508275985718f);
  p = horner(1.5048203468322754f, p, t);
  p = horner(-2.08555269241333f, p, t);
  p = horner(2.0401079654693604f, p, t);
  p = horner(-0.7490696310997009f, p, t);
  p = horner(0.4311046302318573f, p, t);
  p = horner(0.15704017877578735f, p, t);
  const Lanes decay = lanes_exponential(lanes_negate(lanes_multiply(z, z)));
  const Lanes tail = lanes_multiply(lanes_multiply(lanes_multiply(p, t), decay), lanes_set(0.5f));
  return lanes_multiply(x, lanes_where_negative(x, tail, lanes_subtract(lanes_set(1), tail)));
}

static inline Lanes lanes_gelu_tanh(Lanes x) {
  const Lanes cubed = lanes_multiply(lanes_multiply(x, x), x);
  const Lanes angle = lanes_multiply(lanes_add_product(x, cubed, lanes_set(0.044715f)), lanes_set(1.59576912f));
  return sigmoid_product(x, angle);
}

static inline Lanes lanes_activate(Lanes x, ActivationFunction function) {
  switch (function) {
    case ActivationFunctionSilu: return sigmoid_product(x, x);
    case ActivationFunctionGelu: return lanes_gelu(x);
    case ActivationFunctionGeluTanh: return lanes_gelu_tanh(x);
    case ActivationFunctionRelu: return lanes_where_negative(x, lanes_set(0), x);
  }
  return x;
}

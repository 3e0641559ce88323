/* What of <math.h> is an instruction of WebAssembly, or a few. */
#ifndef TVM_MATH_INSTRUCTIONS_H
#define TVM_MATH_INSTRUCTIONS_H

#define isnan(value) __builtin_isnan(value)
#define isinf(value) __builtin_isinf(value)
#define isfinite(value) __builtin_isfinite(value)
#define signbit(value) __builtin_signbit(value)

#define TVM_INLINE __attribute__((unused)) static inline

TVM_INLINE double fabs(double value) { return __builtin_elementwise_abs(value); }
TVM_INLINE double sqrt(double value) { return __builtin_elementwise_sqrt(value); }
TVM_INLINE double floor(double value) { return __builtin_elementwise_floor(value); }
TVM_INLINE double ceil(double value) { return __builtin_elementwise_ceil(value); }
TVM_INLINE double trunc(double value) { return __builtin_elementwise_trunc(value); }
TVM_INLINE double rint(double value) { return __builtin_elementwise_rint(value); }
TVM_INLINE double copysign(double value, double sign) { return __builtin_elementwise_copysign(value, sign); }
TVM_INLINE float fabsf(float value) { return __builtin_elementwise_abs(value); }
TVM_INLINE float sqrtf(float value) { return __builtin_elementwise_sqrt(value); }
TVM_INLINE float floorf(float value) { return __builtin_elementwise_floor(value); }
TVM_INLINE float ceilf(float value) { return __builtin_elementwise_ceil(value); }

TVM_INLINE double fmin(double a, double b) { return isnan(a) || b < a ? b : a; }
TVM_INLINE double fmax(double a, double b) { return isnan(a) || b > a ? b : a; }
TVM_INLINE double round(double value) {
  double whole = trunc(value);
  return fabs(value - whole) >= 0.5 ? whole + copysign(1, value) : copysign(whole, value);
}

#undef TVM_INLINE
#endif

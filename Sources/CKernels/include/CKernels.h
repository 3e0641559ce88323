// The inner loops of the language model, for every processor that has a version here.
//
// Each function takes one structure that says what is read and written, so that the plain Swift versions and the ones
// for each processor have one signature. Shapes stand beside the pointers, slowest dimension first. No function
// allocates, keeps a pointer or touches memory outside those shapes; none of them needs its pointers aligned.
//
// All versions give the same bits. Sums over a dimension are kept in sixteen lanes (element i goes to lane i mod 16),
// every lane adds its products in order with a fused multiply-add, and the lanes are added as a tree: 8 apart, 4, 2, 1.
// Block-wise int8 sums are exact integers, scaled and added block after block. So a row's result depends on nothing but
// its own operands: not on how many positions are computed together, nor on the processor.

#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

/// output[p][r] = Σ activations[p][c] · weights[r][c], the weights being f32, bf16 or f16.
typedef struct {
  const void *weights;       // [rows][columns]
  const float *activations;  // [positions][columns]
  float *output;             // [positions][output_stride], of which the first `rows`
  long rows;
  long columns;
  long positions;
  long output_stride;
} DenseProduct;

/// Which way a version of the kernels keeps the 32 rounded activations of a block, in 64 bytes.
typedef enum __attribute__((enum_extensibility(closed))) {
  ActivationLayoutWords,   // int16_t[32]
  ActivationLayoutPlanes,  // int8_t[2][32], the upper bytes first: an activation is 256 · upper + lower, both signed
} ActivationLayout;

/// output[p][r] = Σ over blocks of scales[r] · activation_scales[p] · (exact integer product of 32 pairs).
///
/// Weights are int8. Activations are sixteen bits, so that rounding the weights is all the error there is, or eight, which is
/// half the work where the instructions take bytes. Rows come in groups of sixteen and columns in blocks of 32, padded with
/// zeros; within a block four columns of one row are neighbours, then come the same columns of the next row.
typedef struct {
  const int8_t *values;            // [groups][blocks][8][16][4], each from -127 to 127
  const uint16_t *scales;          // [groups][blocks][16], bf16
  const void *activations;         // [positions][blocks][64 bytes], each from -32512 to 32512
  const float *activation_scales;  // [positions][blocks]
  const int32_t *compensations;    // [positions][blocks], see `Rounding`
  float *output;                   // [positions][output_stride], of which the first `rows`
  long rows;                       // the last group may have fewer than sixteen
  long blocks;
  long positions;
  long output_stride;
  bool are_bytes;                  // whether all activations are from -127 to 127, so that their upper bytes are 0
} Int8Product;

/// Rounds one position to blocks of 32 integers with a scale each: scale = max |x| / the largest integer, ties to even.
/// A block whose largest magnitude is below 2⁻¹⁰⁰ becomes zeros; the scale of one with a number that is not finite is NaN.
/// Instructions that multiply unsigned bytes by signed ones take weights that are raised by 128; a sum begins at the
/// compensation then, −128 times the sum of the block's integers.
typedef struct {
  const float *input;      // [count]
  void *values;            // [blocks][64 bytes], padded with zeros
  float *scales;           // [blocks]
  int32_t *compensations;  // [blocks]
  long count;
  float largest_integer;   // 32512 for sixteen bits, 127 for eight
} Rounding;

/// residual += addend; output = weight · (residual · (1 / √(mean of squares + epsilon))), rounded in this order.
typedef struct {
  float *residual;                  // [count]
  const float *_Nullable addend;    // [count]
  const float *weight;              // [count]
  float *output;                    // [count], may be `residual` when nothing is added
  long count;
  float epsilon;
} Normalization;

/// Turns element i and element i + half by one angle, for every i below half.
typedef struct {
  float *vector;        // [2][half], in place
  const float *cosine;  // [half]
  const float *sine;    // [half]
  long half;
} Rotation;

typedef enum __attribute__((enum_extensibility(closed))) {
  ActivationFunctionSilu,
  ActivationFunctionGelu,
  ActivationFunctionGeluTanh,
  ActivationFunctionRelu,
} ActivationFunction;

/// output = function(gate) · up, or function(gate) where there is no `up`.
typedef struct {
  const float *gate;           // [count]
  const float *_Nullable up;   // [count]
  float *output;               // [count], may be `gate` or `up`
  long count;
  ActivationFunction function;
} Activation;

/// How the numbers of keys and values are stored.
typedef enum __attribute__((enum_extensibility(closed))) {
  KeyValueFormatFloat32,
  KeyValueFormatBFloat16,
  KeyValueFormatInt8,  // from -127 to 127, with a float32 scale for each position's key and value
} KeyValueFormat;

/// Causal attention of the query heads that share one key/value head, over positions kept in blocks of sixteen.
///
/// Position first_position + p attends to all positions up to itself. Each query takes the blocks in order with one
/// running maximum, so that a block's bits do not depend on which queries are computed beside it. A scale is multiplied
/// to the score or to the weight of its position, each of which is one number.
typedef struct {
  const float *queries;              // [positions][query_stride], of which the first [heads][head_size]
  float *output;                     // [positions][output_stride], of which the first [heads][head_size]
  const void *_Nonnull const *_Nonnull blocks;  // one per sixteen positions
  long key_offset;                   // in bytes, to a block's keys: [head_size][16]
  long value_offset;                 // in bytes, to a block's values: [16][head_size]
  long key_scale_offset;             // in bytes, to the scales of a block's int8 keys: [16]
  long value_scale_offset;           // in bytes, to the scales of a block's int8 values: [16]
  long positions;
  long heads;
  long head_size;
  long query_stride;
  long output_stride;
  long first_position;
  float scale;
  KeyValueFormat format;
} Attention;

/// One version of every kernel.
typedef struct {
  void (*product_f32)(const DenseProduct *);
  void (*product_bf16)(const DenseProduct *);
  void (*product_f16)(const DenseProduct *);
  void (*product_int8)(const Int8Product *);
  void (*round)(const Rounding *);
  void (*normalize)(const Normalization *);
  void (*rotate)(const Rotation *);
  void (*activate)(const Activation *);
  void (*attend)(const Attention *);
  ActivationLayout activation_layout;  // what `round` writes and `product_int8` reads
} KernelFunctions;

/// What the processor and the operating system let this process use.
typedef struct {
  bool avx2;         // AVX2, FMA and F16C
  bool avx512;       // AVX-512 F, BW, DQ, VL
  bool avx512_vnni;  // and the int8 dot product
  bool amx_int8;     // tiles, with the kernel's permission to use them
  bool neon;         // with the int8 dot product
} ProcessorFeatures;

/// Reads the processor's features; asks the kernel for the tiles where there are any.
ProcessorFeatures ckernels_processor_features(void);

// Null where the library was built for another architecture. To be called only if the processor has the features.
const KernelFunctions *_Nullable ckernels_avx2(void);
const KernelFunctions *_Nullable ckernels_avx512(void);
const KernelFunctions *_Nullable ckernels_avx512_vnni(void);
const KernelFunctions *_Nullable ckernels_amx(void);
const KernelFunctions *_Nullable ckernels_neon(void);

/// The int8 product of AVX2, for processors with AVX-512 but without its dot product.
void ckernels_avx2_product_int8(const Int8Product *call);

/// Reads every byte once, asking for each line `ahead` bytes before it is read unless that is 0; the result only keeps the
/// reads from being left out.
uint64_t ckernels_read(const void *bytes, long count, long ahead);

/// Tells the processor that this thread waits in a loop.
static inline void ckernels_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif

// Compares a version of the kernels with one over plain arrays, function by function, bit for bit.

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "versions.h"

static uint64_t state = 20251121;

static uint64_t random_bits(void) {
  state += 0x9e3779b97f4a7c15;
  uint64_t mixed = state;
  mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
  return mixed ^ mixed >> 31;
}

static float random_float(float scale) {
  const uint64_t bits = random_bits();
  return bits % 16 == 0 ? 0 : scale * ((float)(bits >> 40) / 8388608.0f - 1);
}

static float *floats(long count, float scale) {
  float *numbers = malloc((size_t)(count + 1) * sizeof *numbers);
  for (long i = 0; i < count; i++) numbers[i] = random_float(scale);
  return numbers;
}

static void *copied(const void *p, size_t size) { return memcpy(malloc(size), p, size); }

static long failures, comparisons;

static void check(const char *what, const void *found, const void *expected, size_t size, long a, long b, long c) {
  comparisons++;
  if (memcmp(found, expected, size) == 0) return;
  failures++;
  printf("%s differs for %ld, %ld, %ld\n", what, a, b, c);
}

static void check_dense(long rows, long columns, long positions) {
  float *activations = floats(positions * columns, 1), *weights = floats(rows * columns, 1);
  uint16_t *halves = malloc((size_t)(rows * columns) * 2);
  for (long i = 0; i < rows * columns; i++) {
    const uint16_t bits = (uint16_t)random_bits();
    halves[i] = (uint16_t)((bits & 0x8000) | ((0x3800 + bits) & 0x3ff));
  }
  const size_t size = (size_t)(rows * positions) * sizeof(float);
  float *found = malloc(size), *expected = malloc(size);
  DenseProduct call = {weights, activations, found, rows, columns, positions, rows};
  for (int element = 0; element < 3; element++) {
    call.weights = element == 0 ? (void *)weights : (void *)halves;
    for (int which = 0; which < 2; which++) {
      const KernelFunctions *functions = which ? &expected_functions : &found_functions;
      call.output = which ? expected : found;
      (element == 0 ? functions->product_f32 : element == 1 ? functions->product_bf16 : functions->product_f16)(&call);
    }
    check("a dense product", found, expected, size, rows, columns, positions);
  }
  free(activations), free(weights), free(halves), free(found), free(expected);
}

static void check_int8(long rows, long blocks, long positions, bool extreme, bool bytes) {
  const long weights = (rows + 15) / 16 * blocks, inputs = positions * blocks;
  int8_t *values = malloc((size_t)weights * 512), *planes = malloc((size_t)inputs * 64);
  int16_t *words = malloc((size_t)inputs * 64);
  uint16_t *scales = malloc((size_t)weights * 32);
  int32_t *compensations = calloc((size_t)inputs, 4);
  float *activation_scales = floats(inputs, 1);
  for (long i = 0; i < weights * 512; i++) values[i] = extreme ? -127 : (int8_t)(random_bits() % 255 - 127);
  for (long i = 0; i < inputs * 32; i++) {
    const long largest = bytes ? 127 : 32512;
    words[i] = (int16_t)(extreme ? largest : (long)(random_bits() % (uint32_t)(2 * largest + 1)) - largest);
    planes[i / 32 * 64 + i % 32] = (int8_t)((words[i] + 128) >> 8);
    planes[i / 32 * 64 + 32 + i % 32] = (int8_t)(uint8_t)words[i];
    compensations[i / 32] -= 128 * words[i];
  }
  for (long i = 0; i < weights * 16; i++) scales[i] = (uint16_t)(0x3c00 + random_bits() % 256);
  const size_t size = (size_t)(rows * positions) * sizeof(float);
  float *found = malloc(size), *expected = malloc(size);
  Int8Product call = {values, scales, words, activation_scales, compensations, expected,
                      rows,   blocks, positions, rows, bytes};
  expected_functions.product_int8(&call);
  call.output = found;
  call.activations = planes;
  found_functions.product_int8(&call);
  check("an int8 product", found, expected, size, rows, blocks, positions);
  if (found_product_int8_tiles) {
    memset(found, 0xff, size);
    found_product_int8_tiles(&call);
    check("an int8 product by tiles", found, expected, size, rows, blocks, positions);
  }
  free(values), free(planes), free(words), free(scales), free(compensations), free(activation_scales);
  free(found), free(expected);
}

static void check_elements(long count) {
  float *x = floats(count, 9), *y = floats(count, 1), *weight = floats(count, 1);
  const size_t size = (size_t)count * sizeof(float);
  float *streams[2] = {copied(x, size), copied(x, size)}, *normalized[2] = {malloc(size), malloc(size)};
  for (int which = 0; which < 2; which++) {
    const Normalization call = {streams[which], y, weight, normalized[which], count, 1e-6f};
    (which ? &expected_functions : &found_functions)->normalize(&call);
  }
  check("a residual stream", streams[0], streams[1], size, count, 0, 0);
  check("a normalisation", normalized[0], normalized[1], size, count, 0, 0);
  free(streams[0]), free(streams[1]), free(normalized[0]), free(normalized[1]);
  for (int function = 0; function < 4; function++) {
    float *outputs[2] = {malloc(size), malloc(size)};
    for (int which = 0; which < 2; which++) {
      const Activation call = {x, function % 2 ? NULL : y, outputs[which], count, (ActivationFunction)function};
      (which ? &expected_functions : &found_functions)->activate(&call);
    }
    check("an activation", outputs[0], outputs[1], size, count, function, 0);
    free(outputs[0]), free(outputs[1]);
  }
  float *vectors[2] = {floats(2 * count, 1), NULL};
  vectors[1] = copied(vectors[0], 2 * size);
  for (int which = 0; which < 2; which++) {
    const Rotation turn = {vectors[which], y, weight, count};
    (which ? &expected_functions : &found_functions)->rotate(&turn);
  }
  check("a rotation", vectors[0], vectors[1], 2 * size, count, 0, 0);
}

static void check_rounding(long count, long largest) {
  const float *x = floats(count, 10);
  const size_t blocks = (size_t)(count + 31) / 32;
  char *values[2];
  float *scales[2];
  int32_t *compensations[2];
  for (int which = 0; which < 2; which++) {
    values[which] = malloc(blocks * 64), scales[which] = malloc(blocks * 4);
    compensations[which] = malloc(blocks * 4);
    const Rounding call = {x, values[which], scales[which], compensations[which], count, (float)largest};
    (which ? &expected_functions : &found_functions)->round(&call);
  }
  int16_t *words = malloc(blocks * 64);
  for (size_t i = 0; i < blocks * 32; i++) {
    const int8_t *block = (const int8_t *)values[0] + i / 32 * 64;
    words[i] = (int16_t)(block[i % 32] * 256 + block[32 + i % 32]);
  }
  check("rounded values", words, values[1], blocks * 64, count, largest, 0);
  check("scales", scales[0], scales[1], blocks * 4, count, largest, 0);
  check("compensations", compensations[0], compensations[1], blocks * 4, count, largest, 0);
}

static void check_attention(long heads, long size, long first, long positions, KeyValueFormat format) {
  const long blocks = (first + positions + 15) / 16;
  const void **addresses = malloc((size_t)blocks * sizeof *addresses);
  for (long block = 0; block < blocks; block++) {
    float *numbers = floats(32 * size + 32, 2);
    addresses[block] = numbers;
    for (long i = 0; i < 32 * size; i++) {
      if (format == KeyValueFormatBFloat16) ((uint16_t *)numbers)[i] = (uint16_t)(0x3f00 + random_bits() % 512);
      if (format == KeyValueFormatInt8) ((int8_t *)numbers)[i] = (int8_t)(random_bits() % 255 - 127);
    }
    for (long i = 32 * size; i < 32 * size + 32; i++) numbers[i] = 0.01f + fabsf(numbers[i]) / 127;
  }
  float *queries = floats(positions * heads * size, 2);
  const size_t bytes = (size_t)(positions * heads * size) * sizeof(float);
  float *outputs[2] = {malloc(bytes), malloc(bytes)};
  const long stored[] = {4, 2, 1};
  for (int which = 0; which < 2; which++) {
    const Attention call = {queries, outputs[which], addresses, 0, 16 * size * stored[format], 128 * size,
                            128 * size + 64, positions, heads, size, heads * size, heads * size, first,
                            1 / sqrtf((float)size), format};
    (which ? &expected_functions : &found_functions)->attend(&call);
  }
  check("attention", outputs[0], outputs[1], bytes, heads, size, first);
}

int main(void) {
  const long rows[] = {1, 3, 4, 9, 16, 35}, columns[] = {1, 15, 16, 17, 64, 131}, positions[] = {1, 2, 4, 5, 9};
  for (int r = 0; r < 6; r++)
    for (int c = 0; c < 6; c++)
      for (int p = 0; p < 5; p++) check_dense(rows[r], columns[c], positions[p]);
  const long int8_rows[] = {1, 16, 17, 50, 100}, int8_positions[] = {1, 2, 3, 8, 16, 19, 33};
  for (int r = 0; r < 5; r++)
    for (long blocks = 1; blocks < 6; blocks += 2)
      for (int p = 0; p < 7; p++)
        for (int kind = 0; kind < 4; kind++) check_int8(int8_rows[r], blocks, int8_positions[p], kind & 1, kind & 2);
  // More weights than stay in a cache while all positions go by.
  for (int bytes = 0; bytes < 2; bytes++) check_int8(280, 32, 33, false, bytes), check_int8(152, 96, 40, false, bytes);
  for (long count = 1; count < 100; count++) {
    check_elements(count);
    check_rounding(count, 127);
    check_rounding(count, 32512);
  }
  const KeyValueFormat formats[] = {KeyValueFormatFloat32, KeyValueFormatBFloat16, KeyValueFormatInt8};
  for (int format = 0; format < 3; format++) {
    check_attention(1, 16, 0, 1, formats[format]);
    check_attention(2, 10, 0, 20, formats[format]);
    check_attention(3, 32, 15, 2, formats[format]);
    check_attention(5, 48, 40, 9, formats[format]);
    check_attention(40, 16, 30, 3, formats[format]);
  }
  printf("%ld comparisons, %ld differences\n", comparisons, failures);
  return failures != 0;
}

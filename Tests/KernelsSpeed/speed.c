// Measures the products of int8 and bf16 weights on one core; see README.md.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "CKernels.h"

enum { ROWS = 3072, COLUMNS = 1024, BLOCKS = COLUMNS / 32, MATRICES = 96, ROUNDS = 8, SOME = 16, MANY = 512 };
enum { READ_AHEAD = 2048 };

typedef struct {
  const char *name;
  long bytes;      // of one matrix
  bool are_bytes;  // whether activations are rounded to eight bits
} Format;

static const Format int8 = {"int8", ROWS *(long)BLOCKS * 34, false};
static const Format int8_by_bytes = {"int8, activations of eight bits", ROWS *(long)BLOCKS * 34, true};
static const Format bf16 = {"bf16", ROWS *(long)COLUMNS * 2, false};

static const KernelFunctions *fastest_version(const char **name) {
  const ProcessorFeatures has = ckernels_processor_features();
  *name = has.amx_int8 ? "AMX" : has.avx512_vnni ? "AVX-512 VNNI" : has.avx512 ? "AVX-512" : has.avx2 ? "AVX2" : "NEON";
  return has.amx_int8      ? ckernels_amx()
         : has.avx512_vnni ? ckernels_avx512_vnni()
         : has.avx512      ? ckernels_avx512()
         : has.avx2        ? ckernels_avx2()
         : has.neon        ? ckernels_neon()
                           : 0;
}

static double processor_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

// Bytes that are a small number in every format, far from those that processors are slow with.
static void *filled(size_t size) { return memset(aligned_alloc(4096, (size + 4095) / 4096 * 4096), 0x3c, size); }

// The weights times some positions.
static void multiply(const KernelFunctions *kernels, Format format, const char *weights, long positions, const void *input,
                     float *output) {
  if (format.bytes == int8.bytes) {
    const uint16_t *scales = (const uint16_t *)(weights + ROWS * (long)COLUMNS);
    const Int8Product call = {(const int8_t *)weights, scales, input,  input, input,
                              output,                  ROWS,   BLOCKS, positions, ROWS,  format.are_bytes};
    kernels->product_int8(&call);
  } else {
    const DenseProduct call = {weights, input, output, ROWS, COLUMNS, positions, ROWS};
    kernels->product_bf16(&call);
  }
}

static int descending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x < y) - (x > y);
}

// The rate that the fastest tenth reaches.
static double fastest_tenth(double *rates, size_t count) {
  qsort(rates, count, sizeof *rates, descending);
  return rates[count / 10];
}

// Thousand millions of multiplications a second, at best: many positions times one matrix again and again, or some times
// one matrix after the other, out of memory.
static double best_rate(const KernelFunctions *kernels, Format format, const char *weights, long positions,
                        const void *input, float *output) {
  double best = 0;
  for (int round = 0; round < (positions < MANY ? MATRICES : 12); round++) {
    const char *matrix = weights + (positions < MANY ? round * format.bytes : 0);
    const double start = processor_seconds();
    multiply(kernels, format, matrix, positions, input, output);
    const double rate = (double)ROWS * COLUMNS * (double)positions / (processor_seconds() - start) * 1e-9;
    if (rate > best) best = rate;
  }
  return best;
}

static void measure(const KernelFunctions *kernels, Format format) {
  char *weights = filled((size_t)(format.bytes * MATRICES));
  void *input = filled(MANY * COLUMNS * sizeof(float));
  float *output = filled(MANY * ROWS * sizeof(float));
  double products[ROUNDS * MATRICES / 2], readings[2][ROUNDS * MATRICES / 2];
  size_t count = 0;
  for (int round = 0; round < ROUNDS; round++) {
    for (int pair = 0; pair < MATRICES; pair += 2, count++) {
      const char *first = weights + (pair + round % 2) * format.bytes;
      const char *second = weights + (pair + 1 - round % 2) * format.bytes;
      double start = processor_seconds();
      multiply(kernels, format, first, 1, input, output);
      products[count] = (double)format.bytes / (processor_seconds() - start) * 1e-9;
      for (int half = 0; half < 2; half++) {
        start = processor_seconds();
        ckernels_read(second + half * format.bytes / 2, format.bytes / 2, half * READ_AHEAD);
        readings[half][count] = (double)format.bytes / 2 / (processor_seconds() - start) * 1e-9;
      }
    }
  }
  const double product = fastest_tenth(products, count);
  const double plain = fastest_tenth(readings[0], count), asking = fastest_tenth(readings[1], count);
  const double reading = plain > asking ? plain : asking;
  printf("%s: 1 position %.1f GB/s, %.0f %% of %.1f read; %d positions %.1f, %d positions %.1f G multiplications/s\n",
         format.name, product, product / reading * 100, reading, SOME,
         best_rate(kernels, format, weights, SOME, input, output), MANY,
         best_rate(kernels, format, weights, MANY, input, output));
  free(weights), free(input), free(output);
}

int main(void) {
  const char *name;
  const KernelFunctions *kernels = fastest_version(&name);
  if (!kernels) return puts("no version of the kernels for this processor"), 1;
  printf("%s\n", name);
  measure(kernels, int8);
  measure(kernels, int8_by_bytes);
  measure(kernels, bf16);
  return 0;
}

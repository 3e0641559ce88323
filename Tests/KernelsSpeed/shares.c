// Compares two ways of sharing the int8 product of one position out between two threads; see README.md.

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "CKernels.h"

enum { ROWS = 4096, COLUMNS = 1024, BLOCKS = COLUMNS / 32, MATRICES = 120, ROUNDS = 600, MOST_PIECES = 32 };
enum { MATRIX_BYTES = ROWS * BLOCKS * 34 };

typedef struct {
  const char *name;
  long count;
  long first[MOST_PIECES], rows[MOST_PIECES];
  double seconds[ROUNDS];
} Sharing;

static Sharing reading = {.name = "read"}, eighths = {.name = "eighths in turn"}, shares = {.name = "shares"};

static void append(Sharing *sharing, long first, long rows) {
  sharing->first[sharing->count] = first;
  sharing->rows[sharing->count++] = rows;
}

// Half of the rows for each thread: three quarters of what is left at a time, down to 64.
static void cut_shares(void) {
  for (long first = 0, rest = ROWS / 2; rest > 0;) {
    const long most = rest * 3 / 4 / 64 * 64, rows = most > 64 ? most : 64;
    append(&shares, first, rows);
    append(&shares, ROWS / 2 + first, rows);
    first += rows, rest -= rows;
  }
}

static const Sharing *sharing;
static Int8Product product;
static atomic_long next_piece, started, finished;
static volatile uint64_t sink;

static void take_pieces(void) {
  long piece;
  while ((piece = atomic_fetch_add(&next_piece, 1)) < sharing->count) {
    const long group = sharing->first[piece] / 16, rows = sharing->rows[piece];
    if (sharing == &reading) {
      sink = ckernels_read(product.values + group * BLOCKS * 544, rows / 16 * BLOCKS * 544, 0);
    } else {
      Int8Product part = product;
      part.values += group * BLOCKS * 512;
      part.scales += group * BLOCKS * 16;
      part.rows = rows;
      ckernels_avx2_product_int8(&part);
    }
  }
}

static void *help(void *unused) {
  for (long job = 1; job <= 3 * ROUNDS; job++) {
    while (atomic_load(&started) < job) ckernels_pause();
    take_pieces();
    atomic_fetch_add(&finished, 1);
  }
  return unused;
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(void) {
  if (!ckernels_processor_features().avx2) return 0;
  for (int i = 0; i < 8; i++) append(&eighths, i * (ROWS / 8), ROWS / 8);
  for (int i = 0; i < 16; i++) append(&reading, i * (ROWS / 16), ROWS / 16);
  cut_shares();
  char *weights = memset(aligned_alloc(4096, (size_t)MATRICES * MATRIX_BYTES), 0x3c, (size_t)MATRICES * MATRIX_BYTES);
  void *input = memset(aligned_alloc(64, COLUMNS * 4), 0x3c, COLUMNS * 4);
  float *output = aligned_alloc(64, ROWS * sizeof *output);
  Sharing *all[] = {&reading, &eighths, &shares};
  pthread_t helper;
  pthread_create(&helper, NULL, help, NULL);
  // In turns, so that all meet the same neighbours, each with a matrix that is in no cache.
  for (long job = 0; job < 3 * ROUNDS; job++) {
    const char *matrix = weights + job % MATRICES * MATRIX_BYTES;
    product = (Int8Product){(const int8_t *)matrix, (const uint16_t *)(matrix + ROWS * COLUMNS), input, input, input,
                            output, ROWS, BLOCKS, 1, ROWS};
    sharing = all[job % 3];
    atomic_store(&next_piece, 0);
    const double start = seconds();
    atomic_fetch_add(&started, 1);
    take_pieces();
    while (atomic_load(&finished) <= job) ckernels_pause();
    all[job % 3]->seconds[job / 3] = seconds() - start;
  }
  pthread_join(helper, NULL);
  printf("two threads, int8, 1 position, median:");
  for (int i = 0; i < 3; i++) {
    qsort(all[i]->seconds, ROUNDS, sizeof(double), ascending);
    printf(" %s %.1f GB/s%s", all[i]->name, MATRIX_BYTES / all[i]->seconds[ROUNDS / 2] * 1e-9, i < 2 ? "," : "\n");
  }
  return 0;
}

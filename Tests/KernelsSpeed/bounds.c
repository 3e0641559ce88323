// What bounds the int8 product: its instructions on registers alone; see README.md.

#include <stdio.h>
#include <time.h>

#if defined(__x86_64__)

#define REGISTERS "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15"
#define FOUR(pattern) pattern("8") pattern("9") pattern("10") pattern("11")

// Sixteen products of neighbours, added to a sum.
#define PLAIN(sum) "vpmaddwd %%ymm12, %%ymm13, %%ymm15\n vpaddd %%ymm15, %%ymm" sum ", %%ymm" sum "\n"
// 32 of them by Winograd's inner product.
#define HALVED(sum)                                                                          \
  "vpaddw %%ymm12, %%ymm13, %%ymm15\n vpaddw %%ymm12, %%ymm14, %%ymm14\n"                    \
  "vpmaddwd %%ymm14, %%ymm15, %%ymm15\n vpaddd %%ymm15, %%ymm" sum ", %%ymm" sum "\n"        \
  "vpxor %%ymm14, %%ymm14, %%ymm14\n"

// 64 products of a byte with a byte, two of which make 32 with an activation's two bytes.
#define DOT(sum) "vpdpbusd %%zmm16, %%zmm17, %%zmm" sum "\n"

enum { TIMES = 1000000 };

static void plain(void) {
  for (long i = 0; i < TIMES; i++) __asm__ volatile(FOUR(PLAIN) FOUR(PLAIN)::: REGISTERS);
}

static void halved(void) {
  for (long i = 0; i < TIMES; i++) __asm__ volatile(FOUR(HALVED) FOUR(HALVED)::: REGISTERS);
}

__attribute__((target("avx512f,avx512vnni"))) static void dot(void) {
  for (long i = 0; i < TIMES; i++)
    __asm__ volatile(FOUR(DOT) DOT("12") DOT("13") DOT("14") DOT("15") DOT("18") DOT("19") DOT("20") DOT("21")::
                         : REGISTERS, "xmm16", "xmm17", "xmm18", "xmm19", "xmm20", "xmm21");
}

static double rate(void (*body)(void), double products) {
  double best = 0;
  for (int round = 0; round < 8; round++) {
    struct timespec start, end;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
    body();
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
    const double seconds = (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) * 1e-9;
    if (products * TIMES / seconds * 1e-9 > best) best = products * TIMES / seconds * 1e-9;
  }
  return best;
}

int main(void) {
  if (!__builtin_cpu_supports("avx2")) return 0;
  printf("AVX2 in registers: %.1f, by Winograd's inner product %.1f G multiplications/s\n", rate(plain, 8 * 16),
         rate(halved, 8 * 32));
  if (!__builtin_cpu_supports("avx512vnni")) return 0;
  const double bytes = rate(dot, 12 * 64);
  printf("AVX-512's dot product in registers: %.1f G multiplications/s of bytes, %.1f of sixteen bits with bytes\n", bytes,
         bytes / 2);
  return 0;
}

#else

int main(void) { return 0; }

#endif

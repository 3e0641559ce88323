#include "CKernels.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

__attribute__((target("xsave"))) static uint64_t saved_state(void) { return _xgetbv(0); }

// Linux lets a process use the tile registers only after it has asked.
static bool may_use_tiles(void) {
#if defined(__linux__) && defined(SYS_arch_prctl)
  const long request_permission = 0x1023, tile_data = 18;
  return syscall(SYS_arch_prctl, request_permission, tile_data) == 0;
#else
  return false;
#endif
}

ProcessorFeatures ckernels_processor_features(void) {
  ProcessorFeatures features = {0};
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return features;
  const bool saves_state = c >> 27 & 1, avx = c >> 28 & 1, fma = c >> 12 & 1, f16c = c >> 29 & 1;
  if (!saves_state || !avx) return features;
  const uint64_t state = saved_state(), ymm = 0x6, zmm = 0xe6, tiles = 0x60000;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return features;
  features.avx2 = (state & ymm) == ymm && fma && f16c && (b >> 5 & 1);
  const bool f = b >> 16 & 1, dq = b >> 17 & 1, bw = b >> 30 & 1, vl = b >> 31 & 1;
  features.avx512 = features.avx2 && (state & zmm) == zmm && f && dq && bw && vl;
  features.avx512_vnni = features.avx512 && (c >> 11 & 1);
  const bool amx_tile = d >> 24 & 1, amx_int8 = d >> 25 & 1;
  features.amx_int8 =
      features.avx512_vnni && (state & tiles) == tiles && amx_tile && amx_int8 && may_use_tiles();
  return features;
}

#elif defined(__aarch64__)
#if defined(__linux__)
#include <sys/auxv.h>
#endif

ProcessorFeatures ckernels_processor_features(void) {
  ProcessorFeatures features = {0};
#if defined(__linux__)
  const unsigned long dot_product = 1ul << 20;
  features.neon = (getauxval(AT_HWCAP) & dot_product) != 0;
#elif defined(__APPLE__)
  features.neon = true;  // every Apple processor that runs a supported system has it
#endif
  return features;
}

#else

ProcessorFeatures ckernels_processor_features(void) {
  ProcessorFeatures features = {0};
  return features;
}

#endif

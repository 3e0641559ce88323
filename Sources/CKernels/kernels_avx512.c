#include "CKernels.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma,f16c"))), \
                             apply_to = function)

enum { TILE_ROWS = 4, TILE_POSITIONS = 4, SINGLE_AHEAD = 2048, QUERY_TILE = 8 };

#include "lanes_avx512.h"
#include "lanes_functions.h"
#include "elements.h"
#include "product.h"
#include "attention.h"

#pragma clang attribute pop
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,fma,f16c"))), apply_to = function)

#include "int8_avx512.h"

#pragma clang attribute pop
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,fma,f16c,amx-tile,amx-int8"))), \
    apply_to = function)

#include "int8_amx.h"

#pragma clang attribute pop

static const KernelFunctions with_vnni = {product_f32, product_bf16, product_f16, product_int8, round_to_planes,
                                          normalize,   rotate,       activate,    attend,       ActivationLayoutPlanes};
static const KernelFunctions with_tiles = {
    product_f32, product_bf16, product_f16, product_int8_tiles, round_to_planes,
    normalize,   rotate,       activate,    attend,             ActivationLayoutPlanes};

const KernelFunctions *ckernels_avx512_vnni(void) { return &with_vnni; }
const KernelFunctions *ckernels_amx(void) { return &with_tiles; }

const KernelFunctions *ckernels_avx512(void) {
  // Without the dot product the int8 product is the one of AVX2.
  static const KernelFunctions functions = {
      product_f32, product_bf16, product_f16, ckernels_avx2_product_int8, round_to_words,
      normalize,   rotate,       activate,    attend,                     ActivationLayoutWords};
  return &functions;
}

#else

const KernelFunctions *ckernels_avx512(void) { return 0; }
const KernelFunctions *ckernels_avx512_vnni(void) { return 0; }
const KernelFunctions *ckernels_amx(void) { return 0; }

#endif

#include "CKernels.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)

enum { TILE_ROWS = 2, TILE_POSITIONS = 2, SINGLE_AHEAD = 0, QUERY_TILE = 4 };

#include "lanes_avx2.h"
#include "lanes_functions.h"
#include "elements.h"
#include "product.h"
#include "attention.h"
#include "int8_avx2.h"

#pragma clang attribute pop

void ckernels_avx2_product_int8(const Int8Product *call) { product_int8(call); }

static const KernelFunctions functions = {product_f32, product_bf16, product_f16, product_int8, round_to_words,
                                          normalize,   rotate,       activate,    attend,       ActivationLayoutWords};

const KernelFunctions *ckernels_avx2(void) { return &functions; }

#else

const KernelFunctions *ckernels_avx2(void) { return 0; }

#endif

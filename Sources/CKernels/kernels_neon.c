#include "CKernels.h"

#if defined(__aarch64__)

#include <arm_neon.h>
#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF
#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)

enum { TILE_ROWS = 2, TILE_POSITIONS = 2, SINGLE_AHEAD = 0, QUERY_TILE = 4 };

#include "lanes_neon.h"
#include "lanes_functions.h"
#include "elements.h"
#include "product.h"
#include "attention.h"
#include "int8_neon.h"

#pragma clang attribute pop

static const KernelFunctions functions = {product_f32, product_bf16, product_f16, product_int8, round_to_planes,
                                          normalize,   rotate,       activate,    attend,       ActivationLayoutPlanes};

const KernelFunctions *ckernels_neon(void) { return &functions; }

#else

const KernelFunctions *ckernels_neon(void) { return 0; }

#endif

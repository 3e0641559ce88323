#include <math.h>
#include <string.h>

#include "versions.h"

#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)

#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx512.h>
#include <simde/x86/f16c.h>
#include <simde/x86/fma.h>

#include "more_avx512.h"

enum { TILE_ROWS = 4, TILE_POSITIONS = 4, SINGLE_AHEAD = 2048, QUERY_TILE = 8 };

#include "lanes_avx512.h"
#include "lanes_functions.h"
#include "elements.h"
#include "product.h"
#include "attention.h"
#include "int8_avx512.h"
#include "tiles.h"
#include "int8_amx.h"

void (*const found_product_int8_tiles)(const Int8Product *) = product_int8_tiles;

#else

#include <arm_neon.h>

enum { TILE_ROWS = 2, TILE_POSITIONS = 2, SINGLE_AHEAD = 0, QUERY_TILE = 4 };

#include "lanes_neon.h"
#include "lanes_functions.h"
#include "elements.h"
#include "product.h"
#include "attention.h"
#include "int8_neon.h"

void (*const found_product_int8_tiles)(const Int8Product *) = 0;

#endif

const KernelFunctions found_functions = {product_f32, product_bf16, product_f16, product_int8, round_to_planes,
                                         normalize,   rotate,       activate,    attend,       ActivationLayoutPlanes};

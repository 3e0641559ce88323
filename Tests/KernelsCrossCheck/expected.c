#include <math.h>
#include <string.h>

#include "versions.h"

#pragma STDC FP_CONTRACT OFF

enum { TILE_ROWS = 1, TILE_POSITIONS = 1, SINGLE_AHEAD = 0, QUERY_TILE = 4 };

#include "lanes_array.h"
#include "lanes_functions.h"
#include "elements.h"
#include "product.h"
#include "attention.h"

const KernelFunctions expected_functions = {product_f32, product_bf16, product_f16, product_int8, round_to_words,
                                            normalize,   rotate,       activate,    attend,       ActivationLayoutWords};

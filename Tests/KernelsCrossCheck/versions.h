#include "CKernels.h"

// The version over plain arrays, and the one that is compared with it.
extern const KernelFunctions expected_functions, found_functions;
// Null where there are no tiles.
extern void (*const found_product_int8_tiles)(const Int8Product *);

#ifndef CBLOCKS_H
#define CBLOCKS_H

#include <stdint.h>

/// The number of lanes in a row.
enum { CBLOCKS_WIDTH = 32 };

/// base + (the products, added in order), row by row.
typedef struct {
  int32_t base, destination, first_product, product_count;
} CBlocksSum;

/// A row times a weight.
typedef struct {
  double weight;
  int64_t row;
} CBlocksProduct;

/// relu(gate) * value.
typedef struct {
  int32_t gate, value, destination;
} CBlocksUnit;

/// Sums, then units, on whole rows: `rows` is [rows, CBLOCKS_WIDTH], aligned to 64 bytes. Every sum has a product.
typedef void (*CBlocksLevel)(
    const CBlocksSum *sums, int64_t sum_count, const CBlocksProduct *products, const CBlocksUnit *units,
    int64_t unit_count, double *rows);

/// The version for this processor; null where there is none that is faster than plain code.
CBlocksLevel cblocks_level(void);

#endif

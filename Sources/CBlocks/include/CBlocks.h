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

/// The integers near x / y, as `NearestInteger` marks them, after quotients have been moved into 0 ... last: `named`.
///
/// All are whole rows. `last` is null where `greatest` is the last for all lanes. Quotients beyond `reach` are not looked at.
typedef void (*CBlocksNaming)(
    const double *x, const double *y, const double *last, double greatest, double reach, double tolerance,
    double *named);

/// The versions for this processor.
typedef struct {
  CBlocksLevel level;
  CBlocksNaming name;
} CBlocksFunctions;

/// What is faster than plain code on this processor; null where nothing is.
const CBlocksFunctions *cblocks_functions(void);

#endif

// Products of float weights. A tile is a few rows times a few positions, one sum of sixteen lanes for each pair; its
// size is the only thing that differs between the processors, and no sum depends on it.

typedef enum { ELEMENT_F32, ELEMENT_BF16, ELEMENT_F16 } Element;

enum { LARGEST_TILE = 8 };

static inline long element_size(Element element) { return element == ELEMENT_F32 ? 4 : 2; }

static inline Lanes load_weights(const char *p, Element element) {
  switch (element) {
    case ELEMENT_F32: return lanes_load((const float *)p);
    case ELEMENT_BF16: return lanes_load_bf16((const uint16_t *)p);
    case ELEMENT_F16: return lanes_load_f16((const uint16_t *)p);
  }
  return lanes_set(0);
}

static inline Lanes load_weights_part(const char *p, long count, Element element) {
  char part[LANES * 4] = {0};
  memcpy(part, p, (size_t)(count * element_size(element)));
  return load_weights(part, element);
}

// A tile; element, rows and positions are constants wherever this is called, so that the sums stay in registers.
__attribute__((always_inline)) static inline void product_tile(const DenseProduct *call, long first_row,
                                                               long first_position, Element element, int rows,
                                                               int positions) {
  const long columns = call->columns, row_size = columns * element_size(element);
  const char *weights = (const char *)call->weights + first_row * row_size;
  const float *activations = call->activations + first_position * columns;
  Lanes sums[LARGEST_TILE][LARGEST_TILE];
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
    for (int p = 0; p < positions; p++) sums[r][p] = lanes_set(0);

  long column = 0;
  for (; column + LANES <= columns; column += LANES) {
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
      const char *next = weights + r * row_size + column * element_size(element);
      if (positions == 1) __builtin_prefetch(next + PREFETCH_DISTANCE);
      const Lanes weight = load_weights(next, element);
#pragma clang loop unroll(full)
      for (int p = 0; p < positions; p++)
        sums[r][p] = lanes_add_product(sums[r][p], weight, lanes_load(activations + p * columns + column));
    }
  }
  if (column < columns) {
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
      const char *start = weights + r * row_size + column * element_size(element);
      const Lanes weight = load_weights_part(start, columns - column, element);
#pragma clang loop unroll(full)
      for (int p = 0; p < positions; p++) {
        const Lanes activation = lanes_load_part(activations + p * columns + column, columns - column);
        sums[r][p] = lanes_add_product(sums[r][p], weight, activation);
      }
    }
  }
#pragma clang loop unroll(full)
  for (int p = 0; p < positions; p++)
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++)
      call->output[(first_position + p) * call->output_stride + first_row + r] = lanes_sum(sums[r][p]);
}

// All rows of a block for some positions.
__attribute__((always_inline)) static inline void product_rows(const DenseProduct *call, long row, long end,
                                                               long position, Element element, int rows,
                                                               int positions) {
  for (; row + rows <= end; row += rows) product_tile(call, row, position, element, rows, positions);
  for (; row < end; row++) product_tile(call, row, position, element, 1, positions);
}

__attribute__((always_inline)) static inline void product(const DenseProduct *call, Element element) {
  // As many rows as stay in the second-level cache while all positions go by.
  const long cached = 192 * 1024 / (call->columns * element_size(element) + 1) / TILE_ROWS * TILE_ROWS;
  const long block = cached > TILE_ROWS ? cached : TILE_ROWS;
  for (long row = 0; row < call->rows; row += block) {
    const long end = row + block < call->rows ? row + block : call->rows;
    long position = 0;
    for (; position + TILE_POSITIONS <= call->positions; position += TILE_POSITIONS)
      product_rows(call, row, end, position, element, TILE_ROWS, TILE_POSITIONS);
    for (; position < call->positions; position++)
      product_rows(call, row, end, position, element, SINGLE_ROWS, 1);
  }
}

static void product_f32(const DenseProduct *call) { product(call, ELEMENT_F32); }
static void product_bf16(const DenseProduct *call) { product(call, ELEMENT_BF16); }
static void product_f16(const DenseProduct *call) { product(call, ELEMENT_F16); }

// Products of float weights. A tile is a few rows times a few positions, one sum of sixteen lanes for each pair. Its
// size, and how many bytes ahead a single position's weights are asked for, are all that differs between the processors;
// no sum depends on them.

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

// A tile of rows that are `stride` apart; element, rows and positions are constants wherever this is called, so that the
// sums stay in registers.
__attribute__((always_inline)) static inline void product_tile(const DenseProduct *call, long first_row,
                                                               long stride, long first_position, Element element,
                                                               int rows, int positions) {
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
      const char *next = weights + r * stride * row_size + column * element_size(element);
      const Lanes weight = load_weights(next, element);
      if (positions == 1 && SINGLE_AHEAD > 0) __builtin_prefetch(next + SINGLE_AHEAD);
#pragma clang loop unroll(full)
      for (int p = 0; p < positions; p++)
        sums[r][p] = lanes_add_product(sums[r][p], weight, lanes_load(activations + p * columns + column));
    }
  }
  if (column < columns) {
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
      const char *start = weights + r * stride * row_size + column * element_size(element);
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
      call->output[(first_position + p) * call->output_stride + first_row + r * stride] = lanes_sum(sums[r][p]);
}

// All rows for some positions at a time, so many rows that they stay in the second-level cache while all positions go by.
__attribute__((always_inline)) static inline void product_tiles(const DenseProduct *call, long positions,
                                                                Element element) {
  const long cached = 192 * 1024 / (call->columns * element_size(element) + 1) / TILE_ROWS * TILE_ROWS;
  const long block = cached > TILE_ROWS ? cached : TILE_ROWS;
  for (long first = 0; first < call->rows; first += block) {
    const long end = first + block < call->rows ? first + block : call->rows;
    for (long position = 0; position < positions; position += TILE_POSITIONS) {
      long row = first;
      for (; row + TILE_ROWS <= end; row += TILE_ROWS)
        product_tile(call, row, 1, position, element, TILE_ROWS, TILE_POSITIONS);
      for (; row < end; row++) product_tile(call, row, 1, position, element, 1, TILE_POSITIONS);
    }
  }
}

// All rows for one position, which is bound by memory: rows far apart are as many streams of addresses, which are read
// faster than one. On Zen 3 four streams of bf16 were read at 28 GB/s, one at 18 and, asking ahead, 22.
__attribute__((always_inline)) static inline void product_single(const DenseProduct *call, long position,
                                                                 Element element) {
  enum { STREAMS = 4 };
  const long stride = call->rows / STREAMS;
  for (long row = 0; row < stride; row++) product_tile(call, row, stride, position, element, STREAMS, 1);
  for (long row = stride * STREAMS; row < call->rows; row++) product_tile(call, row, 1, position, element, 1, 1);
}

__attribute__((always_inline)) static inline void product(const DenseProduct *call, Element element) {
  const long tiled = call->positions / TILE_POSITIONS * TILE_POSITIONS;
  if (tiled > 0) product_tiles(call, tiled, element);
  for (long position = tiled; position < call->positions; position++) product_single(call, position, element);
}

static void product_f32(const DenseProduct *call) { product(call, ELEMENT_F32); }
static void product_bf16(const DenseProduct *call) { product(call, ELEMENT_BF16); }
static void product_f16(const DenseProduct *call) { product(call, ELEMENT_F16); }

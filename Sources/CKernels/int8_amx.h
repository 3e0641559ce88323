// The int8 product with tiles: sixteen positions times sixteen rows times a block of 32 columns is one instruction. The
// blocks' exact sums leave the tile for their scales, so the results are those of every other version.

enum { TILE_EXACT, TILE_ACTIVATIONS, TILE_WEIGHTS };

typedef struct {
  uint8_t palette, start_row, reserved[14];
  uint16_t row_bytes[16];
  uint8_t rows[16];
} __attribute__((packed, aligned(64))) TileConfiguration;

// Sixteen rows times sixteen positions.
static inline void int8_tiles(const Int8Product *call, long group, long first) {
  const long blocks = call->blocks;
  const int8_t *values = call->values + group * blocks * 512;
  const uint16_t *scales = call->scales + group * blocks * 16;
  const int8_t *activations = call->activations + first * blocks * 32;
  const float *activation_scales = call->activation_scales + first * blocks;
  Lanes sums[16];
#pragma clang loop unroll(full)
  for (int p = 0; p < 16; p++) sums[p] = lanes_set(0);

  for (long block = 0; block < blocks; block++) {
    // Two buffers, so that a block's tile can be stored while the last one is still being read.
    int32_t exact[2][16][16] __attribute__((aligned(64)));
    _tile_zero(TILE_EXACT);
    _tile_loadd(TILE_ACTIVATIONS, activations + block * 32, (size_t)(blocks * 32));
    _tile_loadd(TILE_WEIGHTS, values + block * 512, 64);
    _tile_dpbssd(TILE_EXACT, TILE_ACTIVATIONS, TILE_WEIGHTS);
    _tile_stored(TILE_EXACT, exact[block & 1], 64);
    const Lanes weight_scales = lanes_load_bf16(scales + block * 16);
#pragma clang loop unroll(full)
    for (int p = 0; p < 16; p++) {
      const Lanes scale = lanes_multiply(weight_scales, lanes_set(activation_scales[p * blocks + block]));
      const Lanes integers = _mm512_cvtepi32_ps(_mm512_load_si512(exact[block & 1][p]));
      sums[p] = lanes_add_product(sums[p], integers, scale);
    }
  }
#pragma clang loop unroll(full)
  for (int p = 0; p < 16; p++)
    lanes_store_part(call->output + (first + p) * call->output_stride + group * 16, sums[p], call->rows - group * 16);
}

static void product_int8_tiles(const Int8Product *call) {
  const long tiled = call->positions / 16 * 16;
  if (tiled > 0) {
    TileConfiguration configuration = {.palette = 1};
    configuration.rows[TILE_EXACT] = configuration.rows[TILE_ACTIVATIONS] = 16;
    configuration.rows[TILE_WEIGHTS] = 8;
    configuration.row_bytes[TILE_EXACT] = configuration.row_bytes[TILE_WEIGHTS] = 64;
    configuration.row_bytes[TILE_ACTIVATIONS] = 32;
    _tile_loadconfig(&configuration);
  }
  for (long group = 0; group * 16 < call->rows; group++) {
    for (long position = 0; position < tiled; position += 16) int8_tiles(call, group, position);
    int8_positions(call, group, tiled);
  }
  if (tiled > 0) _tile_release();
}

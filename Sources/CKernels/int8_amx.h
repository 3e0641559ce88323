// The int8 product with tiles: sixteen positions times sixteen rows times a block of 32 columns is one instruction, and one
// more for the activations' lower bytes. The blocks' exact sums leave the tiles for their scales, so the results are those
// of every other version.

enum { TILE_UPPER_SUMS, TILE_LOWER_SUMS, TILE_UPPER, TILE_LOWER, TILE_WEIGHTS };

typedef struct {
  uint8_t palette, start_row, reserved[14];
  uint16_t row_bytes[16];
  uint8_t rows[16];
} __attribute__((packed, aligned(64))) TileConfiguration;

// Sixteen rows times sixteen positions, whose activations are of some bytes: 1 or 2, a constant.
__attribute__((always_inline)) static inline void int8_tiles(const Int8Product *call, long group, long first, int bytes) {
  const long blocks = call->blocks;
  const int8_t *values = call->values + group * blocks * 512;
  const uint16_t *scales = call->scales + group * blocks * 16;
  const char *activations = (const char *)call->activations + first * blocks * 64;
  const float *activation_scales = call->activation_scales + first * blocks;
  Lanes sums[16];
#pragma clang loop unroll(full)
  for (int p = 0; p < 16; p++) sums[p] = lanes_set(0);

  for (long block = 0; block < blocks; block++) {
    // Two buffers each, so that a block's tiles can be stored while the last ones are still being read.
    int32_t upper[2][16][16] __attribute__((aligned(64))), lower[2][16][16] __attribute__((aligned(64)));
    _tile_loadd(TILE_WEIGHTS, values + block * 512, 64);
    if (bytes > 1) {
      _tile_zero(TILE_UPPER_SUMS);
      _tile_loadd(TILE_UPPER, activations + block * 64, (size_t)(blocks * 64));
      _tile_dpbssd(TILE_UPPER_SUMS, TILE_UPPER, TILE_WEIGHTS);
      _tile_stored(TILE_UPPER_SUMS, upper[block & 1], 64);
    }
    _tile_zero(TILE_LOWER_SUMS);
    _tile_loadd(TILE_LOWER, activations + block * 64 + 32, (size_t)(blocks * 64));
    _tile_dpbssd(TILE_LOWER_SUMS, TILE_LOWER, TILE_WEIGHTS);
    _tile_stored(TILE_LOWER_SUMS, lower[block & 1], 64);
    const Lanes weight_scales = lanes_load_bf16(scales + block * 16);
#pragma clang loop unroll(full)
    for (int p = 0; p < 16; p++) {
      const Lanes scale = lanes_multiply(weight_scales, lanes_set(activation_scales[p * blocks + block]));
      __m512i exact = _mm512_load_si512(lower[block & 1][p]);
      if (bytes > 1) exact = _mm512_add_epi32(_mm512_slli_epi32(_mm512_load_si512(upper[block & 1][p]), 8), exact);
      sums[p] = lanes_add_product(sums[p], _mm512_cvtepi32_ps(exact), scale);
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
    for (int tile = TILE_UPPER_SUMS; tile <= TILE_LOWER; tile++) configuration.rows[tile] = 16;
    configuration.rows[TILE_WEIGHTS] = 8;
    configuration.row_bytes[TILE_UPPER_SUMS] = configuration.row_bytes[TILE_LOWER_SUMS] = 64;
    configuration.row_bytes[TILE_UPPER] = configuration.row_bytes[TILE_LOWER] = 32;
    configuration.row_bytes[TILE_WEIGHTS] = 64;
    _tile_loadconfig(&configuration);
  }
  for (long group = 0; group * 16 < call->rows; group++)
    for (long position = 0; position < tiled; position += 16)
      if (call->are_bytes)
        int8_tiles(call, group, position, 1);
      else
        int8_tiles(call, group, position, 2);
  if (tiled > 0) _tile_release();
  int8_positions(call, tiled);
}

// The tile instructions that the int8 product uses, as loops.

static struct {
  int32_t words[16][16];
  int rows, bytes;
} tiles[8];

static void load_configuration(const void *p) {
  const uint8_t *bytes = p;
  memset(tiles, 0, sizeof tiles);
  for (int t = 0; t < 8; t++) {
    uint16_t width;
    memcpy(&width, bytes + 16 + 2 * t, sizeof width);
    tiles[t].bytes = width;
    tiles[t].rows = bytes[48 + t];
  }
}

static void release(void) { memset(tiles, 0, sizeof tiles); }
static void zero(int t) { memset(tiles[t].words, 0, sizeof tiles[t].words); }

static void load(int t, const void *p, size_t stride) {
  zero(t);
  for (int row = 0; row < tiles[t].rows; row++)
    memcpy(tiles[t].words[row], (const char *)p + (size_t)row * stride, (size_t)tiles[t].bytes);
}

static void store(int t, void *p, size_t stride) {
  for (int row = 0; row < tiles[t].rows; row++)
    memcpy((char *)p + (size_t)row * stride, tiles[t].words[row], (size_t)tiles[t].bytes);
}

// sum[m][n] += Σ over k and i of a[m][4k + i] · b[k][4n + i], all signed bytes
static void multiply(int sum, int a, int b) {
  for (int m = 0; m < tiles[sum].rows; m++)
    for (int k = 0; k < tiles[a].bytes / 4; k++)
      for (int n = 0; n < tiles[sum].bytes / 4; n++)
        for (int i = 0; i < 4; i++)
          tiles[sum].words[m][n] += ((int8_t *)tiles[a].words[m])[4 * k + i] * ((int8_t *)tiles[b].words[k])[4 * n + i];
}

#undef _tile_zero
#undef _tile_loadd
#undef _tile_stored
#undef _tile_dpbssd
#define _tile_loadconfig load_configuration
#define _tile_release release
#define _tile_zero zero
#define _tile_loadd load
#define _tile_stored store
#define _tile_dpbssd multiply

// Attention with an online softmax over blocks of sixteen positions.

enum { LARGEST_QUERIES = 32 };

// The queries that go through the blocks together, in the order of positions, then heads.
typedef struct {
  const float *queries[LARGEST_QUERIES];
  float *outputs[LARGEST_QUERIES];
  long visible[LARGEST_QUERIES];  // positions that the query attends to
  float largest[LARGEST_QUERIES];
  Lanes sums[LARGEST_QUERIES];
  long count;
} QueryGroup;

// The first `count` lanes, the others `rest`.
static inline Lanes keep_lanes(Lanes a, long count, float rest) {
  if (count >= LANES) return a;
  float lanes[LANES];
  lanes_store(lanes, a);
  for (long i = count; i < LANES; i++) lanes[i] = rest;
  return lanes_load(lanes);
}

static inline long stored_size(KeyValueFormat format) {
  switch (format) {
    case KeyValueFormatFloat32: return 4;
    case KeyValueFormatBFloat16: return 2;
    case KeyValueFormatInt8: return 1;
  }
  return 0;
}

static inline Lanes load_stored(const char *p, KeyValueFormat format) {
  switch (format) {
    case KeyValueFormatFloat32: return lanes_load((const float *)p);
    case KeyValueFormatBFloat16: return lanes_load_bf16((const uint16_t *)p);
    case KeyValueFormatInt8: return lanes_load_int8((const int8_t *)p);
  }
  return lanes_set(0);
}

static inline Lanes load_stored_part(const char *p, long count, KeyValueFormat format) {
  if (count >= LANES) return load_stored(p, format);
  char part[LANES * 4] = {0};
  memcpy(part, p, (size_t)(count * stored_size(format)));
  return load_stored(part, format);
}

// `tile` queries over the first `count` positions of a block; tile and format are constants wherever this is called. While
// the first queries go through the keys, the values are asked for, and while they go through these, the next block's keys.
__attribute__((always_inline)) static inline void attend_block(const Attention *call, QueryGroup *group, long first,
                                                               int tile, long block, long count,
                                                               KeyValueFormat format) {
  const char *start = call->blocks[block];
  const char *keys = start + call->key_offset, *values = start + call->value_offset;
  const long size = call->head_size, width = stored_size(format);
  const long per_line = 64 / (LANES * width);  // of keys' sixteen positions, or of sixteen numbers of a value
  const bool is_last = (block + 1) * LANES >= group->visible[group->count - 1];
  const char *next_keys = first > 0 || is_last ? NULL : (const char *)call->blocks[block + 1] + call->key_offset;
  Lanes scores[QUERY_TILE];
#pragma clang loop unroll(full)
  for (int q = 0; q < tile; q++) scores[q] = lanes_set(0);
  for (long i = 0; i < size; i++) {
    const Lanes key = load_stored(keys + i * LANES * width, format);
    if (first == 0 && i % per_line == 0) __builtin_prefetch(values + i * LANES * width);
#pragma clang loop unroll(full)
    for (int q = 0; q < tile; q++)
      scores[q] = lanes_add_product(scores[q], lanes_set(group->queries[first + q][i]), key);
  }

  float weights[QUERY_TILE][LANES];
  Lanes corrections[QUERY_TILE];
#pragma clang loop unroll(full)
  for (int q = 0; q < tile; q++) {
    if (format == KeyValueFormatInt8)
      scores[q] = lanes_multiply(scores[q], lanes_load((const float *)(start + call->key_scale_offset)));
    const Lanes scaled = keep_lanes(lanes_multiply(scores[q], lanes_set(call->scale)), count, -INFINITY);
    const float block_largest = lanes_largest(scaled), old = group->largest[first + q];
    const float largest = old > block_largest ? old : block_largest;
    // Mostly the maximum stays as it is: e⁰, which is exactly 1.
    const bool stays = old == largest && largest < INFINITY && largest > -INFINITY;
    corrections[q] = stays ? lanes_set(1) : lanes_exponential(lanes_set(old - largest));
    const Lanes weight = keep_lanes(lanes_exponential(lanes_subtract(scaled, lanes_set(largest))), count, 0);
    lanes_store(weights[q], format == KeyValueFormatInt8
                                ? lanes_multiply(weight, lanes_load((const float *)(start + call->value_scale_offset)))
                                : weight);
    group->sums[first + q] = lanes_add_product(weight, group->sums[first + q], corrections[q]);
    group->largest[first + q] = largest;
  }

  for (long i = 0; i < size; i += LANES) {
    if (next_keys)
      for (long key = i; key < i + LANES; key += per_line) __builtin_prefetch(next_keys + key * LANES * width);
    Lanes mixed[QUERY_TILE];
#pragma clang loop unroll(full)
    for (int q = 0; q < tile; q++)
      mixed[q] = lanes_multiply(lanes_load_part(group->outputs[first + q] + i, size - i), corrections[q]);
    for (long position = 0; position < count; position++) {
      const Lanes value = load_stored_part(values + (position * size + i) * width, size - i, format);
#pragma clang loop unroll(full)
      for (int q = 0; q < tile; q++)
        mixed[q] = lanes_add_product(mixed[q], lanes_set(weights[q][position]), value);
    }
#pragma clang loop unroll(full)
    for (int q = 0; q < tile; q++) lanes_store_part(group->outputs[first + q] + i, mixed[q], size - i);
  }
}

__attribute__((always_inline)) static inline void attend_group(const Attention *call, QueryGroup *group,
                                                               KeyValueFormat format) {
  const long size = call->head_size;
  for (long q = 0; q < group->count; q++) {
    group->largest[q] = -INFINITY;
    group->sums[q] = lanes_set(0);
    for (long i = 0; i < size; i += LANES) lanes_store_part(group->outputs[q] + i, lanes_set(0), size - i);
  }
  const long last = group->visible[group->count - 1];
  for (long block = 0; block * LANES < last; block++) {
    long q = 0;
    while (q < group->count) {
      const long visible = group->visible[q] - block * LANES;
      if (visible <= 0) {
        q++;
      } else if (visible < LANES) {
        attend_block(call, group, q++, 1, block, visible, format);
      } else if (group->count - q >= QUERY_TILE) {  // the later queries see at least as much
        attend_block(call, group, q, QUERY_TILE, block, LANES, format);
        q += QUERY_TILE;
      } else if (group->count - q >= 4) {
        attend_block(call, group, q, 4, block, LANES, format);
        q += 4;
      } else if (group->count - q >= 2) {
        attend_block(call, group, q, 2, block, LANES, format);
        q += 2;
      } else {
        attend_block(call, group, q++, 1, block, LANES, format);
      }
    }
  }
  for (long q = 0; q < group->count; q++) {
    const Lanes inverse = lanes_set(1 / lanes_sum(group->sums[q]));
    for (long i = 0; i < size; i += LANES) {
      float *output = group->outputs[q] + i;
      lanes_store_part(output, lanes_multiply(lanes_load_part(output, size - i), inverse), size - i);
    }
  }
}

__attribute__((always_inline)) static inline void attend_stored(const Attention *call, KeyValueFormat format) {
  QueryGroup group;
  group.count = 0;
  for (long position = 0; position < call->positions; position++) {
    for (long head = 0; head < call->heads; head++) {
      const long q = group.count++;
      group.queries[q] = call->queries + position * call->query_stride + head * call->head_size;
      group.outputs[q] = call->output + position * call->output_stride + head * call->head_size;
      group.visible[q] = call->first_position + position + 1;
      if (group.count == LARGEST_QUERIES) {
        attend_group(call, &group, format);
        group.count = 0;
      }
    }
  }
  if (group.count > 0) attend_group(call, &group, format);
}

static void attend(const Attention *call) {
  switch (call->format) {
    case KeyValueFormatFloat32: attend_stored(call, KeyValueFormatFloat32); break;
    case KeyValueFormatBFloat16: attend_stored(call, KeyValueFormatBFloat16); break;
    case KeyValueFormatInt8: attend_stored(call, KeyValueFormatInt8); break;
  }
}

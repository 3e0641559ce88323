/* Where formatted text goes. */
#include "tvm.h"

void tvm_put(struct tvm_sink *sink, const char *text, int count) {
  sink->put(sink, text, count);
  sink->count += count;
}

void tvm_fill(struct tvm_sink *sink, int byte, int count) {
  char text = byte;
  for (; count > 0; count--) tvm_put(sink, &text, 1);
}

static void put_to_output(struct tvm_sink *sink, const char *text, int count) {
  (void)sink;
  for (; count > 0; count--) tvm_output(*text++);
}

static void put_to_error(struct tvm_sink *sink, const char *text, int count) {
  (void)sink;
  fwrite(text, 1, count, stderr);
}

static void put_to_memory(struct tvm_sink *sink, const char *text, int count) {
  for (size_t to = sink->count; count > 0 && to < sink->room; count--) sink->text[to++] = *text++;
}

/* Where a program has no `main`, but the base profile's entry: it is given the standard input as text. */
#include "tvm.h"

void compute(const char *input);

__attribute__((weak)) int __main_argc_argv(int argumentCount, char **arguments) {
  (void)argumentCount, (void)arguments;
  enum { block = 1024 };
  char *text = tvm_extend(block);
  size_t length = 0, room = block;
  for (;;) {
    // One byte stays free for the zero behind the input.
    struct tvm_vector vector = {text + length, room - length - 1};
    size_t count = 0;
    if (!text || tvm_fd_read(0, &vector, 1, &count) || count == 0) break;
    length += count;
    if (length + 1 == room) {
      if (!tvm_extend(room)) __builtin_trap();
      room += room;
    }
  }
  if (!text) __builtin_trap();
  text[length] = 0;
  compute(text);
  return 0;
}

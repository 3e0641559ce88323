/* Where a program has no `int main(void)`. */
#include "tvm.h"

/* The program's `int main(int, char **)`, or the one of compute_main.c. */
int __main_argc_argv(int count, char **arguments);

__attribute__((weak)) int __main_void(void) {
  size_t count = 0, byteCount = 0;
  if (tvm_args_sizes_get(&count, &byteCount)) count = byteCount = 0;
  char **arguments = tvm_extend((count + 1) * sizeof *arguments + byteCount);
  if (!arguments || (count && tvm_args_get(arguments, (char *)(arguments + count + 1)))) __builtin_trap();
  arguments[count] = NULL;
  return __main_argc_argv(count, arguments);
}

/* Ways to end. */
#include "tvm.h"
#include <assert.h>
#include <stdlib.h>

void exit(int status) { tvm_proc_exit(status); }

void abort(void) { __builtin_trap(); }

void tvm_assertion_failed(const char *text, const char *file, int line) {
  fprintf(stderr, "%s:%d: Assertion `%s' failed.\n", file, line, text);
  abort();
}

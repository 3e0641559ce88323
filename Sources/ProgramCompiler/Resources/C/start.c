/* Where a program begins. */
#include "tvm.h"

/* The program's `int main(void)`, or the one of main_with_arguments.c. */
int __main_void(void);

void _start(void) {
  int status = __main_void();
  if (status) tvm_proc_exit(status);
}

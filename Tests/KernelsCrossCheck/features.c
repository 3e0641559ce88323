// Says whether a processor is offered the versions of the kernels that it can run.

#include <stdio.h>
#include <string.h>

#include "CKernels.h"

int main(int count, char **arguments) {
  const ProcessorFeatures found = ckernels_processor_features();
  const bool has_avx2 = count == 2 && (strcmp(arguments[1], "Haswell") == 0 || strcmp(arguments[1], "max") == 0);
  const bool is_right = found.avx2 == has_avx2 && !found.avx512 && !found.avx512_vnni && !found.amx_int8 && !found.neon;
  puts(is_right ? has_avx2 ? "AVX2" : "plain Swift" : "WRONG VERSIONS");
  return !is_right;
}

/* Memory behind the data, which is handed out and never taken back. */
#include "tvm.h"
#include <stdint.h>

extern unsigned char __heap_base;

void *tvm_extend(size_t count) {
  enum { page = 65536 };
  static uintptr_t end;
  if (!end) end = ((uintptr_t)&__heap_base + 15) & -16u;
  uintptr_t start = end, next = start + ((count + 15) & -16u);
  if (next < start) return NULL;
  size_t size = __builtin_wasm_memory_size(0) * page;
  if (next > size && __builtin_wasm_memory_grow(0, (next - size + page - 1) / page) == (size_t)-1) return NULL;
  end = next;
  return (void *)start;
}

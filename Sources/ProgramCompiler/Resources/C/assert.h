#ifndef TVM_ASSERT_H
#define TVM_ASSERT_H

_Noreturn void tvm_assertion_failed(const char *text, const char *file, int line);

#define static_assert _Static_assert

#endif

#undef assert
#ifdef NDEBUG
#define assert(condition) ((void)0)
#else
#define assert(condition) ((condition) ? (void)0 : tvm_assertion_failed(#condition, __FILE__, __LINE__))
#endif

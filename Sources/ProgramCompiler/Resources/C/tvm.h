/* What the C library of the full profile is made of, and no program should call. */
#ifndef TVM_H
#define TVM_H

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

/* Prints one byte: one token. */
__attribute__((import_module("tvm"), import_name("output"))) void tvm_output(int byte);

/* A piece of memory for WASI. */
struct tvm_vector {
  void *start;
  size_t count;
};

#define TVM_WASI(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(name)))
TVM_WASI("fd_read") int tvm_fd_read(int file, const struct tvm_vector *vectors, size_t vectorCount, size_t *count);
TVM_WASI("fd_write") int tvm_fd_write(int file, const struct tvm_vector *vectors, size_t vectorCount, size_t *count);
TVM_WASI("args_sizes_get") int tvm_args_sizes_get(size_t *count, size_t *byteCount);
TVM_WASI("args_get") int tvm_args_get(char **arguments, char *text);
TVM_WASI("clock_time_get") int tvm_clock_time_get(int clock, unsigned long long precision, unsigned long long *time);
TVM_WASI("proc_exit") _Noreturn void tvm_proc_exit(int status);

/* So many more bytes behind all that there were so far, aligned to 16; NULL when there is no memory. */
void *tvm_extend(size_t count);

/* Where formatted text goes. Only what a program has a sink for becomes part of it. */
struct tvm_sink {
  void (*put)(struct tvm_sink *sink, const char *text, int count);
  /* For a sink in memory, where the text begins and how many bytes fit. */
  char *text;
  size_t room;
  /* How many bytes there were so far, whether they fitted or not. */
  int count;
};

void tvm_put(struct tvm_sink *sink, const char *text, int count);
/* The same byte again and again; none when `count` is negative. */
void tvm_fill(struct tvm_sink *sink, int byte, int count);

/* How a number is to be shown. */
struct tvm_style {
  int isLeft, isZeroFilled, isAlternate;
  /* '+', ' ' or 0: what stands in front of a number that is not negative. */
  char sign;
  int width;
  /* Negative when it is not given. */
  int precision;
};

/* The prefix, zeros, and the text, in a field. */
void tvm_put_field(
    struct tvm_sink *sink, const struct tvm_style *style, const char *prefix, int prefixCount, int zeros, const char *text,
    int count);

#ifdef TVM_WIDE
typedef unsigned long long tvm_number;
#else
typedef unsigned long tvm_number;
#endif

/* Shows a number, whose sign is told apart, as %d, %o, %p, %u, %x or %X does. */
void tvm_put_integer(
    struct tvm_sink *sink, struct tvm_style *style, tvm_number value, int isNegative, int conversion);

/* Shows a number as %e, %f or %g does. */
void tvm_put_double(struct tvm_sink *sink, double value, int conversion, const struct tvm_style *style);

/* The value of a digit or letter, 36 for anything else. */
int tvm_digit_value(int character);

/* The next byte of standard input, which stays there. */
int tvm_peek_input(void);

/* One character at a time: of standard input when `text` is NULL. */
struct tvm_source {
  const char *text;
  /* How many characters were taken. */
  int count;
};

int tvm_peek(struct tvm_source *source);
void tvm_skip(struct tvm_source *source);

/* Puts into `text` what may be a floating-point number, at most `room` - 1 characters of it. */
void tvm_take_number(struct tvm_source *source, char *text, int room);

#endif

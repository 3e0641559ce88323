/*
 * The C library of Transformer VM programs, included in front of every source (clang -include runtime.h).
 *
 * A program defines `void compute(const char *input)`. What it prints goes through one imported function that takes a
 * byte. The machine has no multiplication, division or bit operations of its own, so the code here keeps to additions,
 * comparisons and bytes in memory: a number is printed by subtracting powers of ten, at most nine times for each digit.
 *
 * printf takes %d, %i, %u, %x, %c, %s and %%, with an l in front of d, i, u and x, and a field: a width, which a 0 fills with
 * zeros on the left and a - with spaces on the right. Code for i, l and fields takes some 160 instructions and is there only
 * for programs that have such a conversion in a string of their own file: then the compiler defines TVM_PRINTF_FIELDS. Any
 * other conversion is printed as it stands, and an argument of four bytes is skipped for it.
 *
 * A native compiler sees its own C library instead: any program can be checked against its native build.
 */
#ifndef TVM_RUNTIME_H
#define TVM_RUNTIME_H

void compute(const char *input);

#ifndef __wasm__

#include <ctype.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#else

typedef __SIZE_TYPE__ size_t;

#ifndef NULL
#define NULL ((void *)0)
#endif

/* A function that a program may use or not. */
#define TVM_OPTIONAL __attribute__((unused)) static
/* A function that the compiler may call for a copy or an initialisation; the linker drops it when nobody does. */
#define TVM_BUILTIN __attribute__((visibility("hidden")))

/*
 * Takes a value as it is: without this the compiler counts every character of a loop, where a difference of two pointers
 * at its end is cheaper.
 */
#define TVM_KEEP(value) __asm__("" : "+r"(value))

/* ---- characters ---- */

TVM_OPTIONAL int isspace(int character) { return character == ' ' || (character >= '\t' && character <= '\r'); }

TVM_OPTIONAL int isdigit(int character) { return character >= '0' && character <= '9'; }

/* ---- printing ---- */

__attribute__((import_module("tvm"), import_name("output"))) void tvm_output(int byte);

TVM_OPTIONAL int putchar(int byte) {
  tvm_output(byte);
  return (unsigned char)byte;
}

/* Prints `text` without its final zero; returns how many bytes that were. */
TVM_OPTIONAL int tvm_print_text(const char *text) {
  const char *start = text;
  TVM_KEEP(start);
  for (; *text; text++) tvm_output((unsigned char)*text);
  return text - start;
}

TVM_OPTIONAL int puts(const char *text) {
  int count = tvm_print_text(text);
  tvm_output('\n');
  return count + 1;
}

/* The powers of a base that fit a word, rising. */
static const unsigned tvm_decimals[] = {1,      10,      100,      1000,      10000,
                                        100000, 1000000, 10000000, 100000000, 1000000000};
static const unsigned tvm_hexadecimals[] = {1, 1 << 4, 1 << 8, 1 << 12, 1 << 16, 1 << 20, 1 << 24, 1 << 28};

#ifdef TVM_PRINTF_FIELDS

/* A function that is worth its calls: twice its code would cost more tokens. */
#define TVM_SHARED __attribute__((unused, noinline)) static

TVM_SHARED void tvm_print_fill(int count, int byte) {
  for (; count > 0; count--) tvm_output(byte);
}

/*
 * Prints bytes in a field so many bytes wide: on the right of it behind `fill`, or on the left when `fill` is 0. Zeros come
 * behind a sign. Returns the number of bytes.
 */
TVM_SHARED int tvm_print_field(const char *text, int count, int width, int fill) {
  const char *end = text + count;
  int padding = width - count;
  if (fill == '0' && *text == '-') tvm_output(*text++);
  if (fill) tvm_print_fill(padding, fill);
  for (; text != end; text++) tvm_output((unsigned char)*text);
  if (!fill) tvm_print_fill(padding, ' ');
  return padding > 0 ? width : count;
}

/* Prints a number in a field, by the powers of its base. */
TVM_SHARED int tvm_print_number(unsigned value, const unsigned *powers, const unsigned *last, int isNegative, int width,
                                int fill) {
  static char text[12];
  char *to = text;
  const unsigned *power = powers;
  while (power != last && value >= power[1]) power++;
  if (isNegative) *to++ = '-';
  for (;; power--) {
    int digit = '0';
    for (; value >= *power; value -= *power) digit++;
    *to++ = digit <= '9' ? digit : digit - '9' - 1 + 'a';
    if (power == powers) break;
  }
  return tvm_print_field(text, to - text, width, fill);
}

__attribute__((unused, format(printf, 1, 2))) static int printf(const char *format, ...) {
  __builtin_va_list arguments;
  __builtin_va_start(arguments, format);
  int count = 0;
  for (; *format; format++) {
    if (*format != '%') {
      tvm_output((unsigned char)*format);
      count++;
      continue;
    }
    int fill = ' ', width = 0;
    if (format[1] == '-') {
      fill = 0;
      format++;
    } else if (format[1] == '0') {
      fill = '0';
    }
    while (isdigit(*++format)) width = width * 10 + *format - '0';
    if (*format == 'l') format++;
    int conversion = *format;
    if (!conversion) break;
    unsigned value = conversion == '%' ? '%' : __builtin_va_arg(arguments, unsigned);
    if (conversion == 's') {
      const char *text = (const char *)value, *end = text;
      while (*end) end++;
      count += tvm_print_field(text, end - text, width, fill);
    } else if (conversion == 'd' || conversion == 'i') {
      int isNegative = 0;
      if ((int)value < 0) {
        /* Without these two the branch becomes shifts and an exclusive or, which cost hundreds of tokens. */
        TVM_KEEP(value);
        TVM_KEEP(isNegative);
        value = 0u - value;
        isNegative++;
      }
      count += tvm_print_number(value, tvm_decimals, tvm_decimals + 9, isNegative, width, fill);
    } else if (conversion == 'u') {
      count += tvm_print_number(value, tvm_decimals, tvm_decimals + 9, 0, width, fill);
    } else if (conversion == 'x') {
      count += tvm_print_number(value, tvm_hexadecimals, tvm_hexadecimals + 7, 0, width, fill);
    } else if (conversion == 'c') {
      static char text;
      text = value;
      count += tvm_print_field(&text, 1, width, fill);
    } else {
      tvm_output('%');
      count++;
      if (conversion == '%') continue;
      tvm_output(conversion);
      count++;
    }
  }
  __builtin_va_end(arguments);
  return count;
}

#else

/* Prints `value` by the rising powers of a base, from 1 to the `last` that fits a word; returns the number of digits. */
TVM_OPTIONAL int tvm_print_digits(unsigned value, const unsigned *powers, const unsigned *last) {
  const unsigned *power = powers;
  while (power != last && value >= power[1]) power++;
  int count = 0;
  for (;; power--) {
    unsigned step = *power;
    int digit = '0';
    for (; value >= step; value -= step) digit++;
    tvm_output(digit <= '9' ? digit : digit - '9' - 1 + 'a');
    count++;
    if (power == powers) return count;
  }
}

TVM_OPTIONAL int tvm_print_unsigned(unsigned value) {
  return tvm_print_digits(value, tvm_decimals, tvm_decimals + 9);
}

TVM_OPTIONAL int tvm_print_signed(int value) {
  if (value >= 0) return tvm_print_unsigned(value);
  tvm_output('-');
  return 1 + tvm_print_unsigned(0u - (unsigned)value);
}

TVM_OPTIONAL int tvm_print_hexadecimal(unsigned value) {
  return tvm_print_digits(value, tvm_hexadecimals, tvm_hexadecimals + 7);
}

__attribute__((unused, format(printf, 1, 2))) static int printf(const char *format, ...) {
  __builtin_va_list arguments;
  __builtin_va_start(arguments, format);
  int count = 0;
  for (;;) {
    const char *start = format;
    TVM_KEEP(start);
    for (; *format && *format != '%'; format++) tvm_output((unsigned char)*format);
    count += format - start;
    if (!*format) break;
    unsigned char conversion = format[1];
    format += 2;
    if (conversion == 'd') {
      count += tvm_print_signed(__builtin_va_arg(arguments, int));
    } else if (conversion == 'c') {
      tvm_output(__builtin_va_arg(arguments, int));
      count++;
    } else if (conversion == 's') {
      count += tvm_print_text(__builtin_va_arg(arguments, const char *));
    } else if (conversion == 'u') {
      count += tvm_print_unsigned(__builtin_va_arg(arguments, unsigned));
    } else if (conversion == 'x') {
      count += tvm_print_hexadecimal(__builtin_va_arg(arguments, unsigned));
    } else {
      tvm_output('%');
      count++;
      if (conversion == '%') continue;
      if (!conversion) break;
      tvm_output(conversion);
      count++;
      (void)__builtin_va_arg(arguments, int);
    }
  }
  __builtin_va_end(arguments);
  return count;
}

#endif

/* ---- reading numbers ---- */

TVM_OPTIONAL const char *tvm_skip_spaces(const char *text) {
  while (isspace(*text)) text++;
  return text;
}

/* Reads an optional sign and digits at `text` into `number`; returns what follows, or NULL when there is no digit. */
TVM_OPTIONAL const char *tvm_read_number(const char *text, int *number) {
  int isNegative = *text == '-';
  if (*text == '-' || *text == '+') text++;
  if (!isdigit(*text)) return NULL;
  unsigned value = 0;
  for (; isdigit(*text); text++) value = value * 10 + (unsigned)(*text - '0');
  *number = isNegative ? 0u - value : value;
  return text;
}

/*
 * Reads `text` by `format`: %d stores a number, white space skips any white space, other characters must match.
 * Returns the number of stored values, or -1 when the text ends before the first.
 */
__attribute__((unused, format(scanf, 2, 3))) static int sscanf(const char *text, const char *format, ...) {
  __builtin_va_list arguments;
  __builtin_va_start(arguments, format);
  int count = 0;
  for (; *format; format++) {
    if (isspace(*format)) {
      text = tvm_skip_spaces(text);
    } else if (format[0] == '%' && format[1] == 'd') {
      text = tvm_skip_spaces(text);
      const char *rest = tvm_read_number(text, __builtin_va_arg(arguments, int *));
      if (!rest) {
        if (!*text && count == 0) count = -1;
        break;
      }
      text = rest;
      count++;
      format++;
    } else if (*text == *format) {
      text++;
    } else {
      if (!*text && count == 0) count = -1;
      break;
    }
  }
  __builtin_va_end(arguments);
  return count;
}

TVM_OPTIONAL int atoi(const char *text) {
  int number = 0;
  tvm_read_number(tvm_skip_spaces(text), &number);
  return number;
}

TVM_OPTIONAL int abs(int value) { return value < 0 ? -value : value; }

#include "text_and_memory.h"

#endif
#endif

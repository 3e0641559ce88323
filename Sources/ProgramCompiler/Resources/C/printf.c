/*
 * printf and its relatives: %d %i %u %x %X %o %c %s %p %% with flags, width, precision and lengths, as in C. Numbers of 64 bits
 * and the floating-point conversions are there where the compiler found one in the program's strings (TVM_WIDE, TVM_FLOATS):
 * their code would be in the prompt of every program that prints. Any other conversion is printed as it stands.
 */
#include "tvm.h"
#include <string.h>

void tvm_put_field(
    struct tvm_sink *sink, const struct tvm_style *style, const char *prefix, int prefixCount, int zeros, const char *text,
    int count) {
  int padding = style->width - prefixCount - zeros - count;
  if (!style->isLeft && !style->isZeroFilled) tvm_fill(sink, ' ', padding);
  tvm_put(sink, prefix, prefixCount);
  if (!style->isLeft && style->isZeroFilled) tvm_fill(sink, '0', padding);
  tvm_fill(sink, '0', zeros);
  tvm_put(sink, text, count);
  if (style->isLeft) tvm_fill(sink, ' ', padding);
}

/* A number of the format, or for * the next argument. */
static int read_count(const char **format, va_list *arguments) {
  int number = 0;
  if (**format == '*') {
    ++*format;
    return va_arg(*arguments, int);
  }
  for (; **format >= '0' && **format <= '9'; ++*format) number = number * 10 + **format - '0';
  return number;
}

/* Reads what stands between % and the length of the argument. */
static void read_style(const char **format, struct tvm_style *style, va_list *arguments) {
  *style = (struct tvm_style){.precision = -1};
  for (;; ++*format) {
    if (**format == '-') {
      style->isLeft = 1;
    } else if (**format == '0') {
      style->isZeroFilled = 1;
    } else if (**format == '#') {
      style->isAlternate = 1;
    } else if (**format == '+' || (**format == ' ' && !style->sign)) {
      style->sign = **format;
    } else if (**format != ' ') {
      break;
    }
  }
  style->width = read_count(format, arguments);
  if (style->width < 0) {
    style->isLeft = 1;
    style->width = -style->width;
  }
  if (**format != '.') return;
  ++*format;
  style->precision = read_count(format, arguments);
}

/* Reads the length; returns how many bytes such an argument has. */
static int read_size(const char **format) {
  int size = 4;
  for (;; ++*format) {
    if (**format == 'h') {
      size /= 2;
    } else if (**format == 'j') {
      size = 8;
    } else if (**format == 'l') {
      if ((*format)[1] != 'l') continue;
      size = 8;
      ++*format;
    } else if (**format != 'z' && **format != 't' && **format != 'L') {
      return size;
    }
  }
}

static void put_signed(
    struct tvm_sink *sink, struct tvm_style *style, int size, int conversion, va_list *arguments) {
#ifdef TVM_WIDE
  if (size == 8) {
    long long value = va_arg(*arguments, long long);
    return tvm_put_integer(sink, style, value < 0 ? -(unsigned long long)value : value, value < 0, conversion);
  }
#endif
  int value = va_arg(*arguments, int);
  if (size == 2) value = (short)value;
  if (size == 1) value = (signed char)value;
  tvm_put_integer(sink, style, value < 0 ? -(unsigned)value : (unsigned)value, value < 0, conversion);
}

static void put_unsigned(
    struct tvm_sink *sink, struct tvm_style *style, int size, int conversion, va_list *arguments) {
#ifdef TVM_WIDE
  if (size == 8) return tvm_put_integer(sink, style, va_arg(*arguments, unsigned long long), 0, conversion);
#endif
  unsigned value = va_arg(*arguments, unsigned);
  if (size < 4) value &= size == 2 ? 0xffff : 0xff;
  tvm_put_integer(sink, style, value, 0, conversion);
}

static void put_text(struct tvm_sink *sink, struct tvm_style *style, const char *text) {
  int count = 0;
  if (!text) text = "(null)";
  while (count != style->precision && text[count]) count++;
  style->isZeroFilled = 0;
  tvm_put_field(sink, style, NULL, 0, 0, text, count);
}

/* One conversion, `start` being the % and `format` what stands behind it; returns what follows. */
static const char *convert(struct tvm_sink *sink, const char *start, va_list *arguments) {
  const char *format = start + 1;
  struct tvm_style style;
  read_style(&format, &style, arguments);
  int size = read_size(&format);
  int conversion = *format;
  if (conversion) format++;
#ifndef TVM_WIDE
  if (size == 8) {
    (void)va_arg(*arguments, long long);
    conversion = 0;
  }
#endif
  switch (conversion) {
  case 'd':
  case 'i':
    put_signed(sink, &style, size, conversion, arguments);
    break;
  case 'u':
  case 'x':
  case 'X':
  case 'o':
  case 'p':
    put_unsigned(sink, &style, size, conversion, arguments);
    break;
  case 'c': {
    char text = va_arg(*arguments, int);
    style.isZeroFilled = 0;
    tvm_put_field(sink, &style, NULL, 0, 0, &text, 1);
    break;
  }
  case 's':
    put_text(sink, &style, va_arg(*arguments, const char *));
    break;
#ifdef TVM_FLOATS
  case 'e':
  case 'E':
  case 'f':
  case 'F':
  case 'g':
  case 'G':
    tvm_put_double(sink, va_arg(*arguments, double), conversion, &style);
    break;
#endif
  case '%':
    tvm_put(sink, "%", 1);
    break;
  default:
    tvm_put(sink, start, format - start);
  }
  return format;
}

static int put_formatted(struct tvm_sink *sink, const char *format, va_list arguments) {
  va_list rest;
  va_copy(rest, arguments);
  while (*format) {
    const char *start = format;
    while (*format && *format != '%') format++;
    tvm_put(sink, start, format - start);
    if (*format) format = convert(sink, format, &rest);
  }
  va_end(rest);
  return sink->count;
}

int vfprintf(FILE *stream, const char *format, va_list arguments) {
  struct tvm_sink sink = {.put = stream == stderr ? put_to_error : put_to_output};
  return put_formatted(&sink, format, arguments);
}

int vprintf(const char *format, va_list arguments) {
  struct tvm_sink sink = {.put = put_to_output};
  return put_formatted(&sink, format, arguments);
}

int vsnprintf(char *text, size_t room, const char *format, va_list arguments) {
  struct tvm_sink sink = {.put = put_to_memory, .text = text, .room = room ? room - 1 : 0};
  int count = put_formatted(&sink, format, arguments);
  if (room) text[(size_t)count < room ? (size_t)count : room - 1] = 0;
  return count;
}

int vsprintf(char *text, const char *format, va_list arguments) {
  return vsnprintf(text, 0x7fffffff, format, arguments);
}

int printf(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int count = vprintf(format, arguments);
  va_end(arguments);
  return count;
}

int fprintf(FILE *stream, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int count = vfprintf(stream, format, arguments);
  va_end(arguments);
  return count;
}

int sprintf(char *text, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int count = vsprintf(text, format, arguments);
  va_end(arguments);
  return count;
}

int snprintf(char *text, size_t room, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int count = vsnprintf(text, room, format, arguments);
  va_end(arguments);
  return count;
}

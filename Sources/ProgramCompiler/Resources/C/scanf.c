/*
 * scanf and its relatives: %d %i %u %x %o %c %s %[ %n %% with a width, * and lengths, as in C; %e %f %g where the compiler found a
 * floating-point conversion in the program's strings (TVM_FLOATS). Of standard input nothing is taken that does not belong to a
 * value, but what was begun as a number stays taken: "-x" loses its sign.
 */
#include "tvm.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

int tvm_peek(struct tvm_source *source) {
  if (source->text) return (unsigned char)*source->text ? (unsigned char)*source->text : EOF;
  return tvm_peek_input();
}

void tvm_skip(struct tvm_source *source) {
  if (source->text) {
    source->text++;
  } else {
    getchar();
  }
  source->count++;
}

static void skip_spaces(struct tvm_source *source) {
  while (isspace(tvm_peek(source))) tvm_skip(source);
}

/* Reads a whole number of at most `width` characters; whether there is one. */
static int take_integer(struct tvm_source *source, unsigned base, int width, unsigned long long *number) {
  int isNegative = 0, digitCount = 0, next = tvm_peek(source);
  if (next == '-' || next == '+') {
    isNegative = next == '-';
    tvm_skip(source);
    width--;
  }
  unsigned long long value = 0;
  if (width > 0 && base != 8 && base != 10 && tvm_peek(source) == '0') {
    tvm_skip(source);
    digitCount++;
    if (--width > 0 && (tvm_peek(source) | 32) == 'x') {
      tvm_skip(source);
      width--;
      base = 16;
    } else if (base == 0) {
      base = 8;
    }
  }
  if (base == 0) base = 10;
  for (; width > 0; width--, digitCount++) {
    unsigned digit = tvm_digit_value(tvm_peek(source));
    if (digit >= base) break;
    value = value * base + digit;
    tvm_skip(source);
  }
  *number = isNegative ? -value : value;
  return digitCount > 0;
}

/* Stores a number in an object of `size` bytes. */
static void store_number(void *target, int size, unsigned long long number) {
  if (size == 8) {
    *(unsigned long long *)target = number;
  } else if (size == 4) {
    *(unsigned *)target = number;
  } else if (size == 2) {
    *(unsigned short *)target = number;
  } else {
    *(unsigned char *)target = number;
  }
}

/* Whether a set, written as between brackets from `set` to `end`, has a character. */
static int is_in_brackets(const char *set, const char *end, int character) {
  int isInverted = *set == '^', isFound = 0;
  for (set += isInverted; set < end; set++) {
    if (set[1] == '-' && set + 2 < end) {
      isFound |= (unsigned char)set[0] <= character && character <= (unsigned char)set[2];
      set += 2;
    } else {
      isFound |= (unsigned char)*set == character;
    }
  }
  return isFound != isInverted;
}

/* Reads characters of a set, all but spaces when there is none; how many they were. `text` may be NULL. */
static int take_text(struct tvm_source *source, const char *set, const char *end, int width, char *text) {
  int count = 0;
  for (; count < width; count++) {
    int next = tvm_peek(source);
    if (next == EOF || (set ? !is_in_brackets(set, end, next) : isspace(next))) break;
    if (text) text[count] = next;
    tvm_skip(source);
  }
  return count;
}

/* What stands between % and the end of a conversion. */
struct conversion {
  int isIgnored, width, size, kind;
  const char *set, *setEnd;
};

static const char *read_conversion(const char *format, struct conversion *to) {
  *to = (struct conversion){.size = 4};
  if (*format == '*') {
    to->isIgnored = 1;
    format++;
  }
  for (; isdigit(*format); format++) to->width = to->width * 10 + *format - '0';
  int longs = 0;
  for (;; format++) {
    if (*format == 'h') {
      to->size /= 2;
    } else if (*format == 'l' || *format == 'j' || *format == 'L') {
      longs += *format == 'l' ? 1 : 2;
    } else if (*format != 'z' && *format != 't') {
      break;
    }
  }
  to->kind = *format;
  if (longs > 1 || (longs && strchr("efgEFG", to->kind))) to->size = 8;
  if (to->kind != '[') return format;
  to->set = to->setEnd = format + 1;
  if (*to->setEnd == '^') to->setEnd++;
  if (*to->setEnd == ']') to->setEnd++;
  while (*to->setEnd && *to->setEnd != ']') to->setEnd++;
  return to->setEnd;
}

#ifdef TVM_FLOATS
static int take_double(struct tvm_source *source, const struct conversion *conversion, void *target) {
  char text[64], *end;
  int room = conversion->width && conversion->width < 63 ? conversion->width + 1 : 64;
  tvm_take_number(source, text, room);
  double value = strtod(text, &end);
  if (end == text) return 0;
  if (target && conversion->size == 8) *(double *)target = value;
  if (target && conversion->size != 8) *(float *)target = value;
  return 1;
}
#endif

/* Reads one value; whether there was one. */
static int take_value(struct tvm_source *source, const struct conversion *conversion, void *target) {
  int kind = conversion->kind, width = conversion->width ? conversion->width : 0x7fffffff;
  if (kind == 'c') {
    width = conversion->width ? conversion->width : 1;
    return take_text(source, "^", NULL, width, target) == width;
  }
  if (kind == 's' || kind == '[') {
    int count = take_text(source, conversion->set, conversion->setEnd, width, target);
    if (count && target) ((char *)target)[count] = 0;
    return count > 0;
  }
#ifdef TVM_FLOATS
  if (strchr("efgEFG", kind)) return take_double(source, conversion, target);
#endif
  unsigned base = kind == 'x' || kind == 'X' || kind == 'p' ? 16 : kind == 'o' ? 8 : kind == 'i' ? 0 : 10;
  unsigned long long number;
  if (!take_integer(source, base, width, &number)) return 0;
  if (target) store_number(target, conversion->size, number);
  return 1;
}

static int read_formatted(struct tvm_source *source, const char *format, va_list *arguments) {
  int count = 0;
  for (; *format; format++) {
    if (isspace(*format)) {
      skip_spaces(source);
      continue;
    }
    struct conversion conversion = {.kind = 0};
    if (*format == '%' && format[1] != '%') {
      format = read_conversion(format + 1, &conversion);
    } else if (*format == '%') {
      format++;
      skip_spaces(source);
    }
    if (!conversion.kind) {
      int next = tvm_peek(source);
      if (next == (unsigned char)*format) {
        tvm_skip(source);
        continue;
      }
      return next == EOF && !count ? EOF : count;
    }
    if (conversion.kind == 'n') {
      store_number(va_arg(*arguments, void *), conversion.size, source->count);
      continue;
    }
    if (conversion.kind != 'c' && conversion.kind != '[') skip_spaces(source);
    if (tvm_peek(source) == EOF) return count ? count : EOF;
    void *target = conversion.isIgnored ? NULL : va_arg(*arguments, void *);
    if (!take_value(source, &conversion, target)) return count;
    if (!conversion.isIgnored) count++;
  }
  return count;
}

int scanf(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  struct tvm_source source = {.text = NULL};
  int count = read_formatted(&source, format, &arguments);
  va_end(arguments);
  return count;
}

int fscanf(FILE *stream, const char *format, ...) {
  if (stream != stdin) return EOF;
  va_list arguments;
  va_start(arguments, format);
  struct tvm_source source = {.text = NULL};
  int count = read_formatted(&source, format, &arguments);
  va_end(arguments);
  return count;
}

int sscanf(const char *text, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  struct tvm_source source = {.text = text};
  int count = read_formatted(&source, format, &arguments);
  va_end(arguments);
  return count;
}

/* Bytes to the streams. */
#include "tvm.h"
#include <string.h>

int putchar(int byte) {
  tvm_output(byte);
  return (unsigned char)byte;
}

int puts(const char *text) {
  for (; *text; text++) tvm_output(*text);
  tvm_output('\n');
  return 0;
}

static void put_error(const char *text, size_t count) {
  struct tvm_vector vector = {(char *)text, count};
  tvm_fd_write(2, &vector, 1, &count);
}

int fputc(int byte, FILE *stream) {
  if (stream != stderr) return putchar(byte);
  char text = byte;
  put_error(&text, 1);
  return (unsigned char)byte;
}

int putc(int byte, FILE *stream) { return fputc(byte, stream); }

size_t fwrite(const void *items, size_t size, size_t count, FILE *stream) {
  const char *text = items;
  if (stream == stderr) {
    put_error(text, size * count);
  } else {
    for (size_t rest = size * count; rest; rest--) tvm_output(*text++);
  }
  return count;
}

int fputs(const char *text, FILE *stream) {
  fwrite(text, 1, strlen(text), stream);
  return 0;
}

int fflush(FILE *stream) {
  (void)stream;
  return 0;
}

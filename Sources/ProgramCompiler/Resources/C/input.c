/* Bytes from standard input. */
#include "tvm.h"

static unsigned char buffer[1024];
static size_t place, length;
/* Whether the end of the input was met; what was put back is before it. */
static int isAtEnd;

static int fill(void) {
  struct tvm_vector vector = {buffer, sizeof buffer};
  place = length = 0;
  if (tvm_fd_read(0, &vector, 1, &length)) length = 0;
  if (!length) isAtEnd = 1;
  return length != 0;
}

int tvm_peek_input(void) { return place < length || fill() ? buffer[place] : EOF; }

int getchar(void) { return place < length || fill() ? buffer[place++] : EOF; }

int fgetc(FILE *stream) { return stream == stdin ? getchar() : EOF; }

int getc(FILE *stream) { return fgetc(stream); }

int ungetc(int byte, FILE *stream) {
  if (stream != stdin || byte == EOF) return EOF;
  if (place == 0) {
    // At the beginning, or behind a reading that filled nothing: there is room in front of what the buffer holds but at the end.
    if (length == sizeof buffer) return EOF;
    for (size_t i = length++; i > 0; i--) buffer[i] = buffer[i - 1];
    place = 1;
  }
  buffer[--place] = byte;
  isAtEnd = 0;
  return byte;
}

char *gets(char *text) {
  char *to = text;
  int byte;
  while ((byte = getchar()) != EOF && byte != '\n') *to++ = byte;
  *to = 0;
  return byte == EOF && to == text ? NULL : text;
}

char *fgets(char *text, int room, FILE *stream) {
  char *to = text;
  int byte = 0;
  while (--room > 0 && byte != '\n' && (byte = fgetc(stream)) != EOF) *to++ = byte;
  if (to == text) return NULL;
  *to = 0;
  return text;
}

size_t fread(void *items, size_t size, size_t count, FILE *stream) {
  unsigned char *to = items;
  size_t total = size * count, done = 0;
  int byte;
  for (; done < total && (byte = fgetc(stream)) != EOF; done++) to[done] = byte;
  return size ? done / size : 0;
}

int feof(FILE *stream) { return stream == stdin && isAtEnd; }

int ferror(FILE *stream) {
  (void)stream;
  return 0;
}

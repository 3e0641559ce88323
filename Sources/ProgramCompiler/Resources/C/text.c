/* Bytes in memory and text: what the base profile's programs have too, and more. */
#include <stdlib.h>
#include <string.h>

#define TVM_OPTIONAL
#define TVM_BUILTIN
#include "text_and_memory.h"

int bcmp(const void *left, const void *right, size_t count) { return memcmp(left, right, count); }

void *memchr(const void *bytes, int byte, size_t count) {
  const unsigned char *next = bytes;
  for (; count; count--, next++) {
    if (*next == (unsigned char)byte) return (void *)next;
  }
  return NULL;
}

char *strncat(char *target, const char *source, size_t count) {
  char *to = target + strlen(target);
  for (; count && *source; count--) *to++ = *source++;
  *to = 0;
  return target;
}

char *strrchr(const char *text, int character) {
  const char *found = NULL;
  do {
    if (*text == (char)character) found = text;
  } while (*text++);
  return (char *)found;
}

char *strstr(const char *text, const char *part) {
  size_t count = strlen(part);
  for (;; text++) {
    if (!strncmp(text, part, count)) return (char *)text;
    if (!*text) return NULL;
  }
}

static int contains(const char *set, char character) {
  for (; *set; set++) {
    if (*set == character) return 1;
  }
  return 0;
}

size_t strspn(const char *text, const char *set) {
  size_t count = 0;
  while (text[count] && contains(set, text[count])) count++;
  return count;
}

size_t strcspn(const char *text, const char *set) {
  size_t count = 0;
  while (text[count] && !contains(set, text[count])) count++;
  return count;
}

char *strpbrk(const char *text, const char *set) {
  text += strcspn(text, set);
  return *text ? (char *)text : NULL;
}

char *strtok(char *text, const char *separators) {
  static char *next;
  if (text) next = text;
  if (!next) return NULL;
  char *start = next + strspn(next, separators), *end = start + strcspn(start, separators);
  next = *end ? end + 1 : NULL;
  *end = 0;
  return *start ? start : NULL;
}

char *strdup(const char *text) {
  size_t size = strlen(text) + 1;
  char *copy = malloc(size);
  return copy ? memcpy(copy, text, size) : NULL;
}

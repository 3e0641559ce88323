/* Bytes in memory and text, for both profiles; TVM_OPTIONAL and TVM_BUILTIN say who sees the functions. */

/* ---- bytes in memory ---- */

/* Four bytes at any address: a word is copied at the price of a byte. */
typedef unsigned tvm_word __attribute__((aligned(1), may_alias));

TVM_BUILTIN void *memcpy(void *target, const void *source, size_t count) {
  unsigned char *to = target;
  const unsigned char *from = source;
  for (; count >= 4; count -= 4, to += 4, from += 4) *(tvm_word *)to = *(const tvm_word *)from;
  for (; count; count--) *to++ = *from++;
  return target;
}

TVM_BUILTIN void *memmove(void *target, const void *source, size_t count) {
  if ((size_t)target - (size_t)source >= count) return memcpy(target, source, count);
  unsigned char *to = (unsigned char *)target + count;
  const unsigned char *from = (const unsigned char *)source + count;
  while (count--) *--to = *--from;
  return target;
}

TVM_BUILTIN void *memset(void *target, int byte, size_t count) {
  unsigned char *to = target;
  unsigned value = (unsigned char)byte;
  unsigned word = value * 0x01010101u;
  for (; count >= 4; count -= 4, to += 4) *(tvm_word *)to = word;
  for (; count; count--) *to++ = value;
  return target;
}

TVM_BUILTIN int memcmp(const void *left, const void *right, size_t count) {
  const unsigned char *a = left;
  const unsigned char *b = right;
  for (; count; count--, a++, b++) {
    if (*a != *b) return *a - *b;
  }
  return 0;
}

/* ---- text ---- */

TVM_OPTIONAL size_t strlen(const char *text) {
  const char *end = text;
  while (*end) end++;
  return end - text;
}

TVM_OPTIONAL int strcmp(const char *left, const char *right) {
  for (; *left && *left == *right; right++) left++;
  return (unsigned char)*left - (unsigned char)*right;
}

TVM_OPTIONAL int strncmp(const char *left, const char *right, size_t count) {
  for (; count && *left && *left == *right; count--, right++) left++;
  return count ? (unsigned char)*left - (unsigned char)*right : 0;
}

TVM_OPTIONAL char *strcpy(char *target, const char *source) {
  char *to = target;
  while ((*to++ = *source++)) {
  }
  return target;
}

TVM_OPTIONAL char *strncpy(char *target, const char *source, size_t count) {
  char *to = target;
  for (; count && *source; count--) *to++ = *source++;
  for (; count; count--) *to++ = 0;
  return target;
}

TVM_OPTIONAL char *strcat(char *target, const char *source) {
  strcpy(target + strlen(target), source);
  return target;
}

TVM_OPTIONAL char *strchr(const char *text, int character) {
  for (; *text != (char)character; text++) {
    if (!*text) return NULL;
  }
  return (char *)text;
}

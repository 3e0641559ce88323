/* Checks the JSON text on the standard input and prints it with one member or element a line. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The next character. */
static int next;
static int line = 1;

static void advance(void) {
  if (next == '\n') line++;
  next = getchar();
}

static void fail(const char *expected) {
  printf("\nline %d: expected %s\n", line, expected);
  exit(1);
}

static void skip_spaces(void) {
  while (next == ' ' || next == '\t' || next == '\n' || next == '\r') advance();
}

/* Prints the next character and goes on. */
static void copy(void) {
  putchar(next);
  advance();
}

static void copy_digits(void) {
  if (!isdigit(next)) fail("a digit");
  while (isdigit(next)) copy();
}

static void copy_number(void) {
  if (next == '-') copy();
  if (next == '0') {
    copy();
  } else {
    copy_digits();
  }
  if (next == '.') {
    copy();
    copy_digits();
  }
  if (next == 'e' || next == 'E') {
    copy();
    if (next == '+' || next == '-') copy();
    copy_digits();
  }
}

static void copy_escape(void) {
  copy();
  if (next == 'u') {
    copy();
    for (int i = 0; i < 4; i++) {
      if (!isxdigit(next)) fail("four hexadecimal digits");
      copy();
    }
  } else if (next != EOF && next && strchr("\"\\/bfnrt", next)) {
    copy();
  } else {
    fail("an escape sequence");
  }
}

static void copy_string(void) {
  if (next != '"') fail("a string");
  copy();
  while (next != '"') {
    if (next == EOF || iscntrl(next)) fail("a character of a string");
    if (next == '\\') {
      copy_escape();
    } else {
      copy();
    }
  }
  copy();
}

static void copy_word(const char *word) {
  for (; *word; word++) {
    if (next != *word) fail("true, false or null");
    copy();
  }
}

static void begin_line(int depth) {
  putchar('\n');
  for (int i = 0; i < depth; i++) fputs("  ", stdout);
}

static void copy_value(int depth);

/* What stands between brackets: values, or members of an object. */
static void copy_list(char end, int depth) {
  copy();
  skip_spaces();
  if (next == end) {
    copy();
    return;
  }
  for (;;) {
    begin_line(depth + 1);
    if (end == '}') {
      copy_string();
      skip_spaces();
      if (next != ':') fail("a colon");
      copy();
      putchar(' ');
    }
    copy_value(depth + 1);
    if (next != ',') break;
    copy();
    skip_spaces();
  }
  begin_line(depth);
  if (next != end) fail("a comma or the end of the list");
  copy();
}

static void copy_value(int depth) {
  skip_spaces();
  switch (next) {
  case '{':
    copy_list('}', depth);
    break;
  case '[':
    copy_list(']', depth);
    break;
  case '"':
    copy_string();
    break;
  case 't':
    copy_word("true");
    break;
  case 'f':
    copy_word("false");
    break;
  case 'n':
    copy_word("null");
    break;
  default:
    copy_number();
  }
  skip_spaces();
}

int main(void) {
  advance();
  copy_value(0);
  if (next != EOF) fail("nothing behind the value");
  putchar('\n');
  return 0;
}

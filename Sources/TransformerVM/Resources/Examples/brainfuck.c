/* Interprets the Brainfuck program in front of the first '!' of the standard input; what follows is the program's own input. */
#include <stdio.h>
#include <stdlib.h>

enum { programSize = 4096, tapeSize = 4096 };

static char program[programSize];
/* Where the bracket that belongs to one stands. */
static int partner[programSize];
static unsigned char tape[tapeSize];

static void fail(const char *message) {
  puts(message);
  exit(1);
}

static int read_program(void) {
  static int open[programSize];
  int length = 0, depth = 0;
  for (int character; (character = getchar()) != EOF && character != '!';) {
    switch (character) {
    case '[':
      open[depth++] = length;
      break;
    case ']':
      if (depth == 0) fail("expected a [ before each ]");
      partner[length] = open[--depth];
      partner[open[depth]] = length;
      break;
    case '+':
    case '-':
    case '<':
    case '>':
    case '.':
    case ',':
      break;
    default:
      continue;
    }
    if (length == programSize - 1) fail("expected a shorter program");
    program[length++] = character;
  }
  if (depth > 0) fail("expected a ] behind each [");
  return length;
}

int main(void) {
  int length = read_program();
  unsigned place = 0;
  for (int next = 0; next < length; next++) {
    switch (program[next]) {
    case '>':
      place = (place + 1) % tapeSize;
      break;
    case '<':
      place = (place - 1) % tapeSize;
      break;
    case '+':
      tape[place]++;
      break;
    case '-':
      tape[place]--;
      break;
    case '.':
      putchar(tape[place]);
      break;
    case ',': {
      int character = getchar();
      tape[place] = character == EOF ? 0 : character;
      break;
    }
    case '[':
      if (!tape[place]) next = partner[next];
      break;
    case ']':
      if (tape[place]) next = partner[next];
      break;
    }
  }
  return 0;
}

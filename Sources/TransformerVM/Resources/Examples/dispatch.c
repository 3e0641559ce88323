/* A calculator in reverse Polish notation whose operators are functions in a table; the standard input is calculated. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

typedef int operation(int, int);

static int add(int a, int b) { return a + b; }
static int subtract(int a, int b) { return a - b; }
static int multiply(int a, int b) { return a * b; }
static int divide(int a, int b) { return b ? a / b : 0; }
static int greatest(int a, int b) { return a > b ? a : b; }
static int least(int a, int b) { return a < b ? a : b; }

static const struct {
  char symbol;
  operation *apply;
} operators[] = {{'+', add}, {'-', subtract}, {'*', multiply}, {'/', divide}, {'>', greatest}, {'<', least}};

static operation *find(char symbol) {
  for (unsigned i = 0; i < sizeof operators / sizeof operators[0]; i++) {
    if (operators[i].symbol == symbol) return operators[i].apply;
  }
  return NULL;
}

int main(void) {
  enum { size = 64 };
  int stack[size], depth = 0;
  char line[128];
  while (fgets(line, sizeof line, stdin)) {
    depth = 0;
    for (char *text = line; *text; text++) {
      if (isdigit(*text)) {
        if (depth < size) stack[depth++] = strtol(text, &text, 10);
        text--;
      } else if (!isspace(*text)) {
        operation *apply = find(*text);
        if (!apply || depth < 2) {
          printf("unexpected '%c'\n", *text);
          return 1;
        }
        depth--;
        stack[depth - 1] = apply(stack[depth - 1], stack[depth]);
      }
    }
    for (int i = 0; i < depth; i++) printf("%d%c", stack[i], i + 1 < depth ? ' ' : '\n');
  }
  return 0;
}

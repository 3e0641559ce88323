/* A state machine that sorts the words of the standard input by their form: one switch over states, one over characters. */
#include <stdio.h>

enum state { start, sign, zero, decimal, prefix, hexadecimal, point, fraction, exponent, exponentSign, power, name, other, stateCount };

enum class { space, digitZero, digit, hexLetter, letterE, letterX, letter, plusMinus, dot, unknown };

static enum class class_of(int character) {
  switch (character) {
  case ' ':
  case '\n':
  case '\t':
  case EOF:
    return space;
  case '0':
    return digitZero;
  case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
    return digit;
  case 'a': case 'b': case 'c': case 'd': case 'f': case 'A': case 'B': case 'C': case 'D': case 'F':
    return hexLetter;
  case 'e':
  case 'E':
    return letterE;
  case 'x':
  case 'X':
    return letterX;
  case 'g': case 'h': case 'i': case 'j': case 'k': case 'l': case 'm': case 'n': case 'o': case 'p':
  case 'q': case 'r': case 's': case 't': case 'u': case 'v': case 'w': case 'y': case 'z': case '_':
    return letter;
  case '+':
  case '-':
    return plusMinus;
  case '.':
    return dot;
  default:
    return unknown;
  }
}

static enum state step(enum state state, enum class class) {
  switch (state) {
  case start:
    switch (class) {
    case space: return start;
    case digitZero: return zero;
    case digit: return decimal;
    case hexLetter: case letterE: case letterX: case letter: return name;
    case plusMinus: return sign;
    case dot: return point;
    default: return other;
    }
  case sign:
    return class == digitZero ? zero : class == digit ? decimal : class == dot ? point : other;
  case zero:
    switch (class) {
    case digitZero: case digit: return decimal;
    case letterX: return prefix;
    case dot: return fraction;
    case letterE: return exponent;
    default: return other;
    }
  case decimal:
    switch (class) {
    case digitZero: case digit: return decimal;
    case dot: return fraction;
    case letterE: return exponent;
    default: return other;
    }
  case prefix:
  case hexadecimal:
    switch (class) {
    case digitZero: case digit: case hexLetter: case letterE: return hexadecimal;
    default: return other;
    }
  case point:
    return class == digitZero || class == digit ? fraction : other;
  case fraction:
    switch (class) {
    case digitZero: case digit: return fraction;
    case letterE: return exponent;
    default: return other;
    }
  case exponent:
    switch (class) {
    case digitZero: case digit: return power;
    case plusMinus: return exponentSign;
    default: return other;
    }
  case exponentSign:
  case power:
    return class == digitZero || class == digit ? power : other;
  case name:
    switch (class) {
    case digitZero: case digit: case hexLetter: case letterE: case letterX: case letter: return name;
    default: return other;
    }
  default:
    return other;
  }
}

static const char *form(enum state state) {
  switch (state) {
  case zero:
  case decimal: return "a whole number";
  case hexadecimal: return "a hexadecimal number";
  case fraction: return "a decimal fraction";
  case power: return "a number with an exponent";
  case name: return "a name";
  default: return "something else";
  }
}

int main(void) {
  enum state state = start;
  int character;
  do {
    character = getchar();
    enum class class = class_of(character);
    if (class == space) {
      if (state != start) printf(": %s\n", form(state));
      state = start;
    } else {
      putchar(character);
      state = step(state, class);
    }
  } while (character != EOF);
  return 0;
}

import Testing

/// A C program whose output is compared with that of its native build.
struct CProgram: CustomTestStringConvertible {
  let name: String
  let source: String
  var inputs: [String] = [""]

  var testDescription: String { name }

  static let all = [
    arithmetic, constants, printing, reading, strings, structures, moves,
    functions, recursion, farMemory, fields,
  ]

  /// Every operator, with operands that the compiler cannot know.
  static let arithmetic = CProgram(
    name: "arithmetic",
    source: """
      static unsigned values[] = {0, 1, 2, 3, 7, 10, 31, 0x80, 255, 0x1234, 0x7fff, 0x10000, 99999999,
                                  0x7fffffff, 0x80000000, 0xdeadbeef, 0xfffffff6, 0xffffffff};
      enum { count = sizeof values / sizeof values[0] };

      static void show(const char *name, unsigned a, unsigned b, unsigned result) {
        printf("%x %s %x = %x\\n", a, name, b, result);
      }

      void compute(const char *input) {
        values[1] = strlen(input) + 1;
        for (int i = 0; i < count; i++) {
          unsigned a = values[i];
          int s = a;
          show("not", a, 0, ~a);
          show("negate", a, 0, 0 - a);
          show("char", a, 0, (signed char)a);
          show("short", a, 0, (short)a);
          show("clz", a, 0, a ? __builtin_clz(a) : 32);
          show("ctz", a, 0, a ? __builtin_ctz(a) : 32);
          show("popcount", a, 0, __builtin_popcount(a));
          for (int j = 0; j < count; j++) {
            unsigned b = values[j];
            int t = b;
            show("+", a, b, a + b);
            show("-", a, b, a - b);
            show("*", a, b, a * b);
            show("&", a, b, a & b);
            show("|", a, b, a | b);
            show("^", a, b, a ^ b);
            show("<<", a, b, a << (b & 31));
            show(">>", a, b, a >> (b & 31));
            show("signed >>", a, b, s >> (b & 31));
            show("rotate", a, b, a << (b & 31) | a >> (-b & 31));
            show("<", a, b, a < b);
            show("signed <", a, b, s < t);
            if (b == 0) continue;
            show("/", a, b, a / b);
            show("%", a, b, a % b);
            if (a == 0x80000000 && t == -1) continue;
            show("signed /", a, b, s / t);
            show("signed %", a, b, s % t);
          }
        }
      }
      """)

  /// Operators with constants.
  static let constants = CProgram(
    name: "constants",
    source: """
      static unsigned values[] = {0, 1, 2, 5, 127, 128, 1000, 65535, 65536, 0x7fffffff, 0x80000000, 0xfffffff0};

      void compute(const char *input) {
        values[0] = strlen(input);
        for (int i = 0; i < (int)(sizeof values / sizeof values[0]); i++) {
          unsigned a = values[i];
          int s = a;
          printf("%u %u %u %u %u\\n", a * 3, a * 10, a * 1103515245 + 12345, a * 0x01010101, a * -7);
          printf("%u %u %u %u\\n", a / 2, a / 10, a % 10, a % 16);
          printf("%d %d %d %d %d\\n", s / 2, s / 10, s % 10, s % 16, s / -4);
          printf("%x %x %x %x %x\\n", a & 1, a & 0xff, a & 0x7fff, a & ~7u, a & 0x5a5a5a5a);
          printf("%x %x %x %x\\n", a | 1, a | 0x80, a ^ 0xff, a ^ 0x80000001);
          printf("%x %x %x %x %x\\n", a << 1, a << 13, a >> 1, a >> 9, a >> 31);
          printf("%d %d %d %d\\n", s >> 1, s >> 8, s >> 16, s >> 31);
          printf("%d %d %u %u\\n", (signed char)a, (short)a, (unsigned char)a, (unsigned short)a);
        }
      }
      """)

  /// All conversions of printf, and what it returns.
  static let printing = CProgram(
    name: "printing",
    source: """
      #include <stdio.h>

      void compute(const char *input) {
        printf("plain\\n");
        int count = printf("%d %d %d %d\\n", 0, -1, 2147483647, (int)0x80000000);
        count += printf("%u %u %u\\n", 0u, 10u, 4294967295u);
        count += printf("%x %x %x %x\\n", 0u, 15u, 0xdeadbeefu, 0x80000000u);
        count += printf("%c%c%c|%s|%s|%%|\\n", 'a', 0x7e, '0', "", input);
        printf("%d\\n", count);
        puts("");
        puts(input);
        putchar('x');
        putchar(300);
        putchar('\\n');
        for (unsigned power = 1; power < 1000000000; power *= 10) printf("%u %u %u\\n", power - 1, power, power + 1);
      }
      """,
    inputs: ["", "some text", "é\n\t\u{7f}~"])

  /// sscanf and atoi.
  static let reading = CProgram(
    name: "reading",
    source: """
      #include <stdlib.h>

      void compute(const char *input) {
        int a = -7, b = -8;
        int count = sscanf(input, "%d,%d", &a, &b);
        printf("%d: %d %d\\n", count, a, b);
        a = b = 5;
        count = sscanf(input, " %d x %d", &a, &b);
        printf("%d: %d %d\\n", count, a, b);
        printf("%d %d\\n", atoi(input), abs(atoi(input)));
      }
      """,
    inputs: [
      "", " ", "1", "12,34", "-12,+34", "  7 x -8", "12 ,34", "x", "-", "2147483647,-2147483648", "3,", "007,08",
    ])

  /// string.h.
  static let strings = CProgram(
    name: "strings",
    source: """
      #include <string.h>

      static char text[64];

      void compute(const char *input) {
        printf("%u\\n", (unsigned)strlen(input));
        printf("%d %d %d\\n", strcmp("a", "b") < 0, strcmp("abc", "abc"), strcmp("abd", "abc") > 0);
        printf("%d %d\\n", strcmp("", "a") < 0, strcmp("\\xff", "a") > 0);
        printf("%d %d %d\\n", strncmp("abc", "abd", 2), strncmp("abc", "abd", 3) < 0, strncmp("a", "b", 0));
        strcpy(text, "hello");
        strcat(text, ", ");
        strcat(text, input);
        puts(text);
        printf("%s\\n", strchr(text, 'l'));
        printf("%d %d\\n", strchr(text, 'q') == NULL, strchr(text, 0) == text + strlen(text));
        memmove(text + 2, text, 12);
        text[14] = 0;
        puts(text);
        memmove(text, text + 3, 9);
        puts(text);
        memset(text, '*', 11);
        puts(text);
        memcpy(text + 1, "0123456789", 9);
        puts(text);
        printf("%d %d %d\\n", memcmp("abc", "abd", 2), memcmp("abc", "abd", 3) < 0, memcmp("\\x80", "\\x7f", 1) > 0);
        strncpy(text, "ab", 5);
        printf("%s %d %d\\n", text, text[4], text[5]);
      }
      """,
    inputs: ["world", "someone else altogether"])

  /// Copies of structures and zeroed arrays, which clang makes with 64-bit moves.
  static let structures = CProgram(
    name: "structures",
    source: """
      struct pair { int x, y; };
      struct five { int a, b, c, d, e; };

      static struct pair pairs[5] = {{1, 2}, {3, 4}, {5, 6}, {7, 8}, {9, 10}};
      static struct five first = {1, 2, 3, 4, 5}, second;

      __attribute__((noinline)) static void copy(struct five *to, const struct five *from) { *to = *from; }
      __attribute__((noinline)) static void copy_pair(struct pair *to, const struct pair *from) { *to = *from; }
      __attribute__((noinline)) static struct five twice(struct five value) {
        value.a += value.a;
        value.e += value.e;
        return value;
      }
      __attribute__((noinline)) static void show(const int *values, int count) {
        for (int i = 0; i < count; i++) printf("%d ", values[i]);
        puts("");
      }

      void compute(const char *input) {
        int zeros[8] = {0};
        zeros[strlen(input)] = 5;
        show(zeros, 8);
        copy(&second, &first);
        second = twice(second);
        show(&second.a, 5);
        copy_pair(pairs, pairs + 2);
        show(&pairs[0].x, 10);
        struct five zero = {0};
        first = zero;
        show(&first.a, 5);
      }
      """,
    inputs: ["", "abc"])

  /// Switches, function pointers, many parameters, loops with several exits.
  static let functions = CProgram(
    name: "functions",
    source: """
      typedef int (*operation)(int, int);
      static int add(int a, int b) { return a + b; }
      static int subtract(int a, int b) { return a - b; }
      static int larger(int a, int b) { return a > b ? a : b; }
      static operation operations[] = {add, subtract, larger};

      __attribute__((noinline)) static int many(int a, int b, int c, int d, int e, int f, int g, int h) {
        return a - b + c - d + e - f + g - h;
      }

      __attribute__((noinline)) static const char *name(int number) {
        switch (number) {
          case 0: return "zero";
          case 1: return "one";
          case 2: return "two";
          case 3: return "three";
          case 7: return "seven";
          case -1: return "minus one";
          default: return "other";
        }
      }

      __attribute__((noinline)) static int find(const char *text, char wanted) {
        for (int i = 0;; i++) {
          if (text[i] == wanted) return i;
          if (!text[i]) break;
        }
        return -1;
      }

      void compute(const char *input) {
        for (int i = -2; i < 9; i++) printf("%d is %s\\n", i, name(i));
        for (unsigned i = 0; i < 3; i++) printf("%d\\n", operations[(i + strlen(input)) % 3](10, 20));
        printf("%d\\n", many(1, 2, 3, 4, 5, 6, 7, 8));
        printf("%d %d\\n", find("hello", 'l'), find("hello", 'z'));
      }
      """,
    inputs: ["", "a", "bc"])

  /// Recursion 400 deep with live local variables, and two functions that call each other.
  static let recursion = CProgram(
    name: "recursion",
    source: """
      __attribute__((noinline)) static unsigned mix(unsigned depth, unsigned a) {
        if (depth == 0) return a;
        unsigned b = a + depth, c = a - depth;
        unsigned deeper = mix(depth - 1, b + 3);
        return deeper + b - c + depth;
      }

      static int is_odd(int n);
      __attribute__((noinline)) static int is_even(int n) { return n == 0 ? 1 : is_odd(n - 1); }
      __attribute__((noinline)) static int is_odd(int n) { return n == 0 ? 0 : is_even(n - 1); }

      __attribute__((noinline)) static int ackermann(int m, int n) {
        return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
      }

      void compute(const char *input) {
        printf("%u\\n", mix(400, strlen(input)));
        printf("%d %d\\n", is_even(30), is_odd(30));
        printf("%d\\n", ackermann(2, 3));
      }
      """,
    inputs: ["", "1234567"])

  /// A byte near 8 MiB, overwritten 10,000 times.
  static let farMemory = CProgram(
    name: "farMemory",
    source: """
      static volatile unsigned char far[(8 << 20) + 1];

      void compute(const char *input) {
        unsigned sum = 0;
        for (unsigned i = 0; i < 10000; i++) {
          far[8 << 20] = i;
          sum += far[8 << 20];
        }
        printf("%u %u\\n", sum, far[(8 << 20) - 1]);
      }
      """)
}

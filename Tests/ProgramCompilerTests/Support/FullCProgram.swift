/// A C program of the kind that the full profile's library is for.
struct FullCProgram: CustomStringConvertible, Sendable {
  let name: String
  let source: String
  /// What it is given on its standard input.
  var input = ""

  var description: String { name }

  static let all = [integers, floats, scanning, lines, memory, sorting, text, mathematics, endOfInput]

  private static let integers = FullCProgram(
    name: "integers",
    source: #"""
      #include <inttypes.h>
      #include <limits.h>
      #include <stdio.h>

      int main(void) {
        const int values[] = {0, 1, -1, 42, INT_MIN, INT_MAX};
        for (int i = 0; i < 6; i++) {
          int v = values[i];
          printf("%d|%5d|%-12d|%012d|%+d|% i|%.3d|%8.3d|%u|%x|%#X|%o|%#o\n", v, v, v, v, v, v, v, v, v, v, v, v, v);
          printf("%hhd %hd %hhu %hu %c%%\n", v, v, v, v, 'a' + i);
        }
        const int64_t wide[] = {0, -1, 10000000000, INT64_MIN, INT64_MAX};
        for (int i = 0; i < 5; i++) printf("%" PRId64 "|%25lld|%-25llu|%llx|%#llo\n", wide[i], (long long)wide[i],
          (unsigned long long)wide[i], (unsigned long long)wide[i], (unsigned long long)wide[i]);
        printf("%*d|%-*d|%.*s|%s|%10.3s|%-6s|\n", 6, 1, 6, 2, 2, "abc", "", "abcdef", "ab");
        char text[8];
        int count = snprintf(text, sizeof text, "%d-%s", 123456, "truncated");
        printf("%d %s %d\n", count, text, sprintf(text, "%03d", 7));
        return 0;
      }
      """#)

  private static let floats = FullCProgram(
    name: "floats",
    source: #"""
      #include <float.h>
      #include <math.h>
      #include <stdio.h>

      int main(void) {
        const double values[] = {0, -0.0, 0.5, 2.5, 0.125, 9.995, 999999.25, 1e6, 123456789.125, 1e-5, 1.0 / 3, -INFINITY};
        for (int i = 0; i < 12; i++) {
          double v = values[i];
          printf("%f|%.0f|%.2f|%e|%.0e|%g|%.3g|%#g|%G|%.17g\n", v, v, v, v, v, v, v, v, v, v);
          printf("%12.3f|%-12.3e|%+012.1f|% g|\n", v, v, v, v);
        }
        printf("%.60f\n%.30e\n%g\n%g\n%.0f\n", 0.1, DBL_MIN, DBL_MAX, 5e-324, 1e22);
        return 0;
      }
      """#)

  private static let scanning = FullCProgram(
    name: "scanning",
    source: #"""
      #include <stdio.h>

      int main(void) {
        int a, b, c, count;
        unsigned hexadecimal;
        long long wide;
        double real;
        float narrow;
        char word[16], letter, set[8];
        printf("%d ", scanf("%d , %d%n", &a, &b, &count));
        printf("%d %d %d\n", a, b, count);
        printf("%d ", scanf("%x %lld %15s %c", &hexadecimal, &wide, word, &letter));
        printf("%x %lld %s %c\n", hexadecimal, wide, word, letter);
        printf("%d ", scanf("%lf %f %3d%i %*d %[a-c]", &real, &narrow, &a, &b, set));
        printf("%g %g %d %d %s\n", real, narrow, a, b, set);
        printf("%d ", scanf("%d", &c));
        printf("%d ", scanf(" x%d", &c));
        printf("%d ", c);
        printf("%d\n", scanf("%d", &c));
        printf("%d ", sscanf("12:34", "%d:%d", &a, &b));
        printf("%d\n", a * 100 + b);
        return 0;
      }
      """#,
    input: "12 , -34  ff -9000000000 word z -2.5e-3 1e2 12345 99 abcd x77")

  private static let lines = FullCProgram(
    name: "lines",
    source: #"""
      #include <ctype.h>
      #include <stdio.h>
      #include <string.h>

      int main(void) {
        char line[12];
        while (fgets(line, sizeof line, stdin)) printf("%d <%s>\n", (int)strlen(line), line);
        printf("%d %d\n", feof(stdin) != 0, getchar());
        for (int c = -1; c < 128; c++) {
          if (c >= 0) printf("%d", !!isalpha(c) + 2 * !!isdigit(c) + 4 * !!isspace(c) + !!ispunct(c) + !!isupper(c));
          putchar(isprint(toupper(c)) ? tolower(c) : '.');
        }
        return puts("") < 0;
      }
      """#,
    input: "short\n\na line that is longer than the array\nno line break at the end")

  private static let memory = FullCProgram(
    name: "memory",
    source: #"""
      #include <stdint.h>
      #include <stdio.h>
      #include <stdlib.h>
      #include <string.h>

      enum { count = 40 };

      /* Blocks of a pseudo-random size, filled, checked, changed and given back in some order. */
      int main(void) {
        unsigned char *blocks[count] = {0};
        unsigned sizes[count] = {0}, state = 1, sum = 0;
        for (int step = 0; step < 120; step++) {
          state = state * 1103515245 + 12345;
          int i = (state >> 16) % count;
          unsigned size = state >> 20 & 127;
          for (unsigned k = 0; k < sizes[i]; k++) if (blocks[i][k] != i) return 1;
          if (step % 3 == 0) {
            free(blocks[i]);
            blocks[i] = NULL;
            sizes[i] = 0;
          } else {
            blocks[i] = step % 3 == 1 ? realloc(blocks[i], size + 1) : (free(blocks[i]), calloc(size + 1, 1));
            if (!blocks[i] || (uintptr_t)blocks[i] % 16) return 2;
            memset(blocks[i], i, size);
            sizes[i] = size;
            sum += size;
          }
        }
        char *large = malloc(300000);
        large[299999] = 7;
        char *copy = strdup("copied");
        memmove(copy + 1, copy, 5);
        printf("%u %d %s %d\n", sum, large[299999], copy, malloc(0xfffffff0u) == NULL);
        return 0;
      }
      """#)

  private static let sorting = FullCProgram(
    name: "sorting",
    source: #"""
      #include <stdio.h>
      #include <stdlib.h>
      #include <string.h>

      struct item { char name[6]; short key; };

      static int by_key(const void *a, const void *b) {
        return ((const struct item *)a)->key - ((const struct item *)b)->key;
      }
      static int by_value(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
      static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

      int main(void) {
        struct item items[50];
        for (int i = 0; i < 50; i++) {
          items[i].key = i * 37 % 50;
          sprintf(items[i].name, "n%d", items[i].key);
        }
        qsort(items, 50, sizeof items[0], by_key);
        for (int i = 0; i < 50; i++) printf("%s%c", items[i].name, i % 10 == 9 ? '\n' : ' ');
        int same[30], rising[30];
        for (int i = 0; i < 30; i++) same[i] = i / 10 % 2, rising[i] = i;
        qsort(same, 30, sizeof(int), by_value);
        qsort(rising, 30, sizeof(int), by_value);
        for (int i = 0; i < 30; i++) printf("%d%d ", same[i], rising[i]);
        const char *words[] = {"pear", "fig", "apple", "cherry"};
        qsort(words, 4, sizeof words[0], by_text);
        for (int i = 0; i < 4; i++) printf("%s ", words[i]);
        int key = 17, missing = 99;
        int *found = bsearch(&key, rising, 30, sizeof(int), by_value);
        printf("%d %d\n", (int)(found - rising), bsearch(&missing, rising, 30, sizeof(int), by_value) == NULL);
        return 0;
      }
      """#)

  private static let text = FullCProgram(
    name: "text",
    source: #"""
      #include <stdio.h>
      #include <stdlib.h>
      #include <string.h>

      static int sign(int value) { return (value > 0) - (value < 0); }

      int main(void) {
        char a[40] = "one,two;;three";
        printf("%d %d %d %d\n", sign(strcmp("ab", "abc")), sign(strncmp("abx", "aby", 2)), sign(strcmp("\xff", "a")),
          sign(memcmp("abc", "abd", 3)));
        for (char *part = strtok(a, ",;"); part; part = strtok(NULL, ",;")) printf("[%s]", part);
        printf(" %s %s %s %d %d\n", strchr("hello", 'l'), strrchr("hello", 'l'), strstr("haystack", "st"),
          (int)strspn("aabbc", "ab"), (int)strcspn("aabbc", "c"));
        strcpy(a, "abc");
        strcat(a, "def");
        strncat(a, "ghijk", 2);
        printf("%s %d %s\n", a, strstr(a, "xyz") == NULL, strpbrk(a, "gf"));
        char *end;
        long number = strtol("  -42rest", &end, 10);
        printf("%ld %s\n", number, end);
        printf("%ld %ld %ld\n", strtol("0x1f", NULL, 16), strtol("077", NULL, 0), strtol("zz", NULL, 36));
        printf("%lld %llu %d\n", strtoll("-9223372036854775808", NULL, 10), strtoull("18446744073709551615", NULL, 10),
          atoi("12ab"));
        printf("%lld %llu\n", strtoll("99999999999999999999", NULL, 10), strtoull("99999999999999999999", NULL, 10));
        double real = strtod("3.25e2x", &end);
        printf("%.17g %.17g %.17g %s\n", real, atof("-.5"), atof("123456.789"), end);
        srand(1);
        int first = rand();
        srand(1);
        printf("%d\n", first == rand() && first >= 0 && first != rand());
        return 0;
      }
      """#)

  private static let mathematics = FullCProgram(
    name: "mathematics",
    source: #"""
      #include <math.h>
      #include <stdio.h>

      int main(void) {
        const double values[] = {0.3, -2.75, 100, 1e-9};
        for (int i = 0; i < 4; i++) {
          double x = values[i];
          int exponent;
          double part = frexp(x, &exponent);
          printf("%.17g %.17g %.17g %.17g %.17g ", floor(x), ceil(x), round(x), fabs(x), sqrt(fabs(x)));
          printf("%.17g %.17g %d ", fmod(x, 0.7), part, exponent);
          printf("%.12g %.12g %.12g\n", exp(x / 2), log(fabs(x)), pow(fabs(x), 1.5));
          printf("%.12g %.12g %.12g\n", sin(x), cos(x), atan(x));
        }
        printf("%.17g %.17g %.17g %.17g\n", pow(2, 10), pow(-3, 3), log10(1000), ldexp(3, -1074));
        printf("%d %d\n", isnan(sqrt(-1)), isinf(exp(1000)));
        return 0;
      }
      """#)

  private static let endOfInput = FullCProgram(
    name: "endOfInput",
    source: #"""
      #include <stdio.h>

      int main(void) {
        int value;
        char text[4];
        printf("%d ", getchar());
        printf("%d ", scanf("%d", &value));
        printf("%d\n", fgets(text, 4, stdin) == NULL);
        ungetc('7', stdin);
        int read = scanf("%d", &value);
        printf("%d %d ", read, value);
        printf("%d\n", getchar());
        return 0;
      }
      """#)
}

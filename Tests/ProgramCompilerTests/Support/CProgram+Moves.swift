extension CProgram {
  /// Structures of eight and sixteen bytes that are exchanged, sorted, chosen and taken apart: clang moves them as 64 bits.
  static let moves = CProgram(
    name: "moves",
    source: """
      #define SHARED static __attribute__((noinline))
      struct pair { int x, y; };
      struct four { int a, b, c, d; };

      static struct pair pairs[8] = {{5, 50}, {3, -30}, {8, 80}, {1, 10}, {4, 40}, {7, -70}, {2, 20}, {6, 60}};
      static struct four fours[3] = {{1, 2, 3, 4}, {-1, -2, -3, -4}, {1 << 30, 5, 6, 7}};
      static struct pair heap[16];
      static int heap_count;

      SHARED void swap(struct pair *a, struct pair *b) { struct pair t = *a; *a = *b; *b = t; }
      SHARED void swap_four(struct four *a, struct four *b) { struct four t = *a; *a = *b; *b = t; }
      SHARED int swap_and_use(struct pair *a, struct pair *b) {
        struct pair t = *a;
        *a = *b;
        *b = t;
        return t.y - t.x;
      }
      SHARED struct pair make(int x, int y) { struct pair t = {x, y}; return t; }
      SHARED void pick(struct pair *to, const struct pair *a, const struct pair *b, int c) {
        struct pair t = *a;
        if (c) t = *b;
        *to = t;
      }
      SHARED void sort(struct pair *list, int count) {
        for (int i = 1; i < count; i++) {
          for (int j = i; j > 0 && list[j - 1].y > list[j].y; j--) {
            struct pair t = list[j];
            list[j] = list[j - 1];
            list[j - 1] = t;
          }
        }
      }
      SHARED void push(struct pair item) {
        int i = heap_count++;
        while (i && heap[(i - 1) / 2].x > item.x) {
          heap[i] = heap[(i - 1) / 2];
          i = (i - 1) / 2;
        }
        heap[i] = item;
      }
      SHARED struct pair pop(void) {
        struct pair top = heap[0], last = heap[--heap_count];
        int i = 0;
        for (;;) {
          int child = 2 * i + 1;
          if (child >= heap_count) break;
          if (child + 1 < heap_count && heap[child + 1].x < heap[child].x) child++;
          if (heap[child].x >= last.x) break;
          heap[i] = heap[child];
          i = child;
        }
        heap[i] = last;
        return top;
      }

      static void show(const char *what) {
        printf("%s:", what);
        for (int i = 0; i < 8; i++) printf(" %d,%d", pairs[i].x, pairs[i].y);
        for (int i = 0; i < 3; i++) printf(" %d,%d,%d,%d", fours[i].a, fours[i].b, fours[i].c, fours[i].d);
        puts("");
      }

      void compute(const char *input) {
        int n = strlen(input);
        swap(pairs + n, pairs + 3);
        swap_four(fours + n, fours + 2);
        show("exchanged");
        printf("%d\\n", swap_and_use(pairs + n, pairs + 5));
        pairs[6] = make(n, -n);
        pick(pairs + 1, pairs + 2, pairs + 7, n);
        show("picked");
        sort(pairs, 8);
        show("sorted");
        for (int i = 0; i < 8; i++) push(pairs[i]);
        while (heap_count) {
          struct pair top = pop();
          printf("%d,%d ", top.x, top.y);
        }
        puts("");
      }
      """,
    inputs: ["", "a", "ab"])

  /// What printf makes of widths, zeros, sides and the letter l.
  static let fields = CProgram(
    name: "fields",
    source: """
      static int numbers[] = {0, 7, -7, 10, -10, 12345, -12345, 99999, 100000, 2147483647, -2147483647 - 1};

      void compute(const char *input) {
        for (int i = 0; i < (int)(sizeof numbers / sizeof numbers[0]); i++) {
          int n = numbers[i];
          int count = printf("[%5d|%-5d|%05d|%i|%1d|%12d|%-12d|%012d]", n, n, n, n, n, n, n, n);
          printf(" %d\\n", count);
          count = printf("[%u|%9u|%-9u|%09u|%x|%8x|%08x|%-8x|%3x]", n, n, n, n, n, n, n, n, n);
          printf(" %d\\n", count);
          printf("[%ld|%lu|%lx|%li|%6ld|%-6li|%06lx]\\n", (long)n, (unsigned long)(unsigned)n, (unsigned long)(unsigned)n,
                 (long)n, (long)n, (long)n, (unsigned long)(unsigned)n);
        }
        int count = printf("[%s|%1s|%7s|%-7s|%20s]", input, input, input, input, input);
        printf(" %d\\n[%c|%3c|%-3c|%%|%5d%%]\\n", count, 'x', 'y', 'z', 50);
        printf("%c%2c|", 0, 0);
      }
      """,
    inputs: ["", "a", "seven77", "longer than that"])
}

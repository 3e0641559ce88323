/// The C that all compiled models share: the structures of the state, and the quick ways of its heads. Whatever they cannot do
/// quickly they leave to Swift, by the functions of the state.
enum CodePrelude {
  static var text: String {
    """
    #ifndef __clang__
    #error "expected clang: others ignore attributes without which this computes something else"
    #endif
    /* Numbers that are not finite, as Swift writes them. */
    #define inf __builtin_inf()
    #define nan __builtin_nan("")
    struct entry { double height, x, y; long position; };
    struct index { struct entry *entries; int *directory; long limit, lowest, highest; double latest_x, latest_y; };
    struct tied { double key, x, y, count; };
    struct line { struct tied highest, lowest, all; };
    struct state {
      const double *embedding; int *tokens; double *stored; struct line *lines; struct index **indexes; double *registers;
      void *memory;
      void (*insert)(void *, long, double, double, double, double, long);
      void (*search)(void *, long, double, double, double *);
      void (*gather)(void *, long, double, double, long, double *);
      const double **tables; const double *(*evaluate)(void *, long, double, double);
      void (*occupy)(void *, long, long);
      long (*answer)(void *, long, double, double, double *);
      long (*choose)(void *, const double *);
    };

    /* Inlined, so that what is constant for a head is folded into its arithmetic. */
    #define INLINE static __attribute__((always_inline)) inline
    /* Where nothing is rounded, a product may be fused with a sum. */
    #define EXACT(sum) { _Pragma("clang fp contract(fast)") sum; }
    #define ROUNDED(sum) sum;
    #define GREATEST \(Double.greatestFiniteMagnitude)
    INLINE double magnitude(double x) { return __builtin_fabs(x); }
    INLINE double unit(double gate, double value) { return (gate > 0 ? gate : 0) * value; }
    INLINE double finite(double x) {
      if (x - x == 0) return x;
      return x != x ? 0 : x < 0 ? -GREATEST : GREATEST;
    }

    INLINE const double *function(
        struct state *s, long function, double x, double one, long lowest, long count, long width) {
      if (one == 1 && x >= (double)lowest && x < (double)(lowest + count)) {
        long whole = (long)x;
        if ((double)whole == x) return s->tables[function] + (whole - lowest) * width;
      }
      return s->evaluate(s->memory, function, x, one);
    }

    \(indexFunctions)
    \(lineFunctions)
    \(gatherFunctions)
    """
  }

  private static var indexFunctions: String {
    """
    INLINE struct entry *entry_of(const struct index *index, long number) {
      unsigned long place = number;
      return index->entries + (index->directory[place / \(KeyIndexStorage.pageSize)] * \(KeyIndexStorage.pageSize)L
        + place % \(KeyIndexStorage.pageSize));
    }

    INLINE void insert(
        struct state *s, long hull, double key_x, double key_y, double x, double y, long position) {
      struct index *index = s->indexes[hull];
      if (index) {
        if (key_y <= \(IntegerKey.hiddenHeight)) {
          if (key_y >= -GREATEST && magnitude(key_x) <= \(IntegerKey.hiddenReach)) {
            index->latest_x = x, index->latest_y = y;
            return;
          }
        } else {
          double number = key_x * 0.5;
          if (number >= 0 && number < (double)index->limit) {
            unsigned long whole = (unsigned long)(long)number;
            double excess = key_y + number * number;
            if ((double)(long)whole == number && excess >= 0 && excess <= \(IntegerKey.greatestExcess)) {
              struct entry *entry = entry_of(index, whole);
              if (entry->position >= 0) {
                index->latest_x = x, index->latest_y = y;
                if (key_y >= entry->height) *entry = (struct entry){key_y, x, y, position};
                return;
              }
            }
          }
        }
      }
      s->insert(s->memory, hull, key_x, key_y, x, y, position);
    }

    INLINE const struct entry *find(const struct index *index, double x, double y) {
      if (!index || !(y > 0 && y <= GREATEST)) return 0;
      double target = x / y;
      if (!(magnitude(target) <= \(IntegerKey.queryLimit)) || index->highest < 0) return 0;
      if (target >= (double)index->highest) return entry_of(index, index->highest);
      if (target <= (double)index->lowest) return entry_of(index, index->lowest);
      long nearest = (long)(target + 0.5);
      if (magnitude(target - (double)nearest) > \(IntegerKey.tolerance)) return 0;
      const struct entry *entry = entry_of(index, nearest);
      return entry->position >= 0 ? entry : 0;
    }
    """
  }

  private static var lineFunctions: String {
    """
    INLINE void merge(struct tied *tied, int average, double key, double x, double y) {
      if (average && key == tied->key) tied->x += x, tied->y += y, tied->count += 1;
      else *tied = (struct tied){key, x, y, 1};
    }

    INLINE const struct tied *attend(
        struct line *line, int average, double key, double x, double y, double query) {
      key = finite(key);
      if (key >= line->highest.key) merge(&line->highest, average, key, x, y);
      if (key <= line->lowest.key) merge(&line->lowest, average, key, x, y);
      merge(&line->all, average, 0, x, y);
      return query > 0 ? &line->highest : query < 0 ? &line->lowest : &line->all;
    }
    """
  }

  private static var gatherFunctions: String {
    """
    INLINE long named(double x, double y, long last) {
      if (!(y > 0 && y <= GREATEST)) return -1;
      double target = x / y;
      if (target <= 0) return 0;
      if (!(target < (double)last)) return target >= (double)last ? last : -1;
      long nearest = (long)(target + 0.5);
      return magnitude(target - (double)nearest) <= \(PositionParabola.tolerance) ? nearest : -1;
    }
    """
  }
}

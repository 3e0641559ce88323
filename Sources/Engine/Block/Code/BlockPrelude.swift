/// The C that the block functions of all compiled models share, behind `CodePrelude`.
enum BlockPrelude {
  /// Vectors are as wide as the processor's; other widths are right, too.
  static var text: String {
    """
    #ifdef __AVX512F__
    #define LANES 8
    #define EACH(of) { of(0), of(1), of(2), of(3), of(4), of(5), of(6), of(7) }
    #else
    #define LANES 4
    #define EACH(of) { of(0), of(1), of(2), of(3) }
    #endif
    #define WIDTH \(BlockRows.width)
    typedef double lanes __attribute__((ext_vector_type(LANES), may_alias));
    typedef long marks __attribute__((ext_vector_type(LANES), may_alias));
    struct change { int hull, number; struct entry entry; };
    struct block {
      double *rows; long first, count; int *predictions; struct change *changes; long change_count;
      void (*enter)(void *, long); void *sampler;
    };
    #define AT(row) (*(lanes *)(rows + (row) * WIDTH + lane))
    #define KEPT(array) (*(lanes *)(array + lane))
    #define KEPT_ARRAY __attribute__((aligned(64)))
    #define ENTER(part) if (__builtin_expect(b->enter != 0, 0)) b->enter(b->sampler, part)

    \(arithmetic)
    \(indexFunctions)
    """
  }

  private static var arithmetic: String {
    """
    INLINE lanes select(marks which, lanes yes, lanes no) { return (lanes)(((marks)yes & which) | ((marks)no & ~which)); }
    INLINE lanes open(lanes gate) { return (lanes)((marks)gate & (gate > 0.0)); }
    INLINE lanes magnitudes(lanes x) { return (lanes)((marks)x & 0x7fffffffffffffffL); }
    INLINE lanes positions(long first) {
    #define POSITION(lane) (double)(first + lane)
      return (lanes)EACH(POSITION);
    }

    /* The integer in the last digits of a sum with ROUNDING, as NearestInteger has it. */
    #define ROUNDING \(NearestInteger.rounding)
    #define NONE \(NearestInteger.none)
    INLINE long integer(double sum) {
      long bits;
      __builtin_memcpy(&bits, &sum, sizeof bits);
      return (int)bits;
    }

    INLINE lanes near(lanes x, lanes y, lanes last, double reach, double tolerance) {
      lanes quotient = x / y;
      lanes target = select(quotient > last, last, quotient);
      target = select(target < 0.0, (lanes)(0.0), target);
      lanes sum = target + ROUNDING;
      marks is_named = magnitudes(target - (sum - ROUNDING)) <= tolerance & y > 0.0 & y <= GREATEST;
      if (reach < __builtin_inf()) is_named &= magnitudes(quotient) <= reach;
      return select(is_named, sum, (lanes)(NONE));
    }
    """
  }

  private static var indexFunctions: String {
    """
    INLINE lanes numbered(lanes x, lanes y) {
      lanes number = x * 0.5, sum = number + ROUNDING, excess = y + number * number;
      marks is_numbered = number == sum - ROUNDING & number >= 0.0 & number < \(Double(IntegerKey.limit))
        & excess >= 0.0 & excess <= \(IntegerKey.greatestExcess);
      marks is_hidden = y <= \(IntegerKey.hiddenHeight) & y >= -GREATEST & magnitudes(x) <= \(IntegerKey.hiddenReach);
      return select(is_numbered, sum, select(is_hidden, (lanes)(NONE), (lanes)(NONE - 1)));
    }

    INLINE void take(
        struct state *s, struct block *b, long hull, struct index *index, long number, double height, double x,
        double y, long position) {
      if (__builtin_expect(number >= index->limit || entry_of(index, number)->position < 0, 0))
        s->occupy(s->memory, hull, number);
      struct entry *entry = entry_of(index, number);
      if (b->changes) b->changes[b->change_count++] = (struct change){hull, number, *entry};
      if (height >= entry->height) *entry = (struct entry){height, x, y, position};
    }

    INLINE const struct entry *answer(const struct index *index, long number) {
      if (number < 0 || index->highest < 0) return 0;
      number = number < index->lowest ? index->lowest : number;
      number = number > index->highest ? index->highest : number;
      const struct entry *entry = entry_of(index, number);
      return entry->position >= 0 ? entry : 0;
    }
    """
  }
}

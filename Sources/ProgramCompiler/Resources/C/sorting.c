/* qsort and bsearch. */
#include <stdlib.h>

typedef int comparison(const void *, const void *);

static void swap_items(char *a, char *b, size_t size) {
  typedef unsigned word __attribute__((aligned(1), may_alias));
  for (; size >= 4; size -= 4, a += 4, b += 4) {
    unsigned kept = *(word *)a;
    *(word *)a = *(word *)b;
    *(word *)b = kept;
  }
  for (; size; size--, a++, b++) {
    char kept = *a;
    *a = *b;
    *b = kept;
  }
}

/* Sorts a few items by putting one after the other where it belongs. */
static void sort_few(char *first, char *end, size_t size, comparison *compare) {
  for (char *next = first + size; next < end; next += size) {
    for (char *item = next; item > first && compare(item - size, item) > 0; item -= size) swap_items(item - size, item, size);
  }
}

/* Puts the median of the first, the middle and the last item in front. */
static void choose_pivot(char *first, char *middle, char *last, size_t size, comparison *compare) {
  if (compare(middle, last) > 0) swap_items(middle, last, size);
  if (compare(first, middle) < 0) swap_items(first, middle, size);
  if (compare(first, last) > 0) swap_items(first, last, size);
}

/* Quicksort; the smaller part is sorted by a call, so that the depth is at most the logarithm of the count. */
static void sort_items(char *first, size_t count, size_t size, comparison *compare) {
  while (count > 8) {
    char *end = first + count * size, *low = first, *high = end;
    choose_pivot(first, first + count / 2 * size, end - size, size, compare);
    for (;;) {
      do low += size;
      while (low < end && compare(low, first) < 0);
      do high -= size;
      while (compare(first, high) < 0);
      if (low >= high) break;
      swap_items(low, high, size);
    }
    swap_items(first, high, size);
    size_t below = (high - first) / size, above = count - below - 1;
    if (below < above) {
      sort_items(first, below, size, compare);
      first = high + size;
      count = above;
    } else {
      sort_items(high + size, above, size, compare);
      count = below;
    }
  }
  sort_few(first, first + count * size, size, compare);
}

void qsort(void *items, size_t count, size_t size, comparison *compare) {
  if (size) sort_items(items, count, size, compare);
}

void *bsearch(const void *key, const void *items, size_t count, size_t size, comparison *compare) {
  const char *first = items;
  while (count) {
    const char *middle = first + count / 2 * size;
    int order = compare(key, middle);
    if (order == 0) return (void *)middle;
    if (order > 0) {
      first = middle + size;
      count -= count / 2 + 1;
    } else {
      count /= 2;
    }
  }
  return NULL;
}

/* Sorts 1,000 numbers of a generator by quicksort, checks the order, and prints every hundredth and a checksum. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { count = 1000 };

static uint32_t numbers[count];

static void swap(uint32_t *a, uint32_t *b) {
  uint32_t kept = *a;
  *a = *b;
  *b = kept;
}

/* Sorts from the first to the last number; the smaller part first, so that the recursion stays flat. */
static void sort(uint32_t *first, uint32_t *last) {
  while (first < last) {
    uint32_t pivot = first[(last - first) / 2];
    uint32_t *low = first, *high = last;
    while (low <= high) {
      while (*low < pivot) low++;
      while (*high > pivot) high--;
      if (low <= high) swap(low++, high--);
    }
    if (high - first < last - low) {
      sort(first, high);
      first = low;
    } else {
      sort(low, last);
      last = high;
    }
  }
}

int main(void) {
  uint32_t state = 2463534242;
  for (int i = 0; i < count; i++) {
    // Marsaglia's xorshift.
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    numbers[i] = state;
  }
  sort(numbers, numbers + count - 1);
  bool isSorted = true;
  uint32_t checksum = 0;
  for (int i = 0; i < count; i++) {
    if (i > 0 && numbers[i - 1] > numbers[i]) isSorted = false;
    checksum = checksum * 31 + numbers[i];
  }
  for (int i = 0; i < count; i += 100) printf("%4d: %10u\n", i, numbers[i]);
  printf("%s, checksum %08x\n", isSorted ? "sorted" : "not sorted", checksum);
  return !isSorted;
}

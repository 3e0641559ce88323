/* A heap allocator of its own, and linked lists that live in it: a list is built, mapped, filtered, reversed and given back. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* ---- the heap: blocks one behind the other, each with its size and whether it is used ---- */

struct block {
  uint32_t size;
  uint32_t isUsed;
};

static _Alignas(8) unsigned char heap[4096];

static struct block *following(struct block *block) {
  return (struct block *)((unsigned char *)block + block->size);
}

static bool is_inside(const struct block *block) { return (const unsigned char *)block < heap + sizeof heap; }

static struct block *first_block(void) { return (struct block *)heap; }

static void begin_heap(void) { *first_block() = (struct block){sizeof heap, false}; }

/* First fit; free neighbours are joined on the way. */
static void *allocate(uint32_t size) {
  size = (size + sizeof(struct block) + 7) / 8 * 8;
  for (struct block *block = first_block(); is_inside(block); block = following(block)) {
    if (block->isUsed) continue;
    for (struct block *next = following(block); is_inside(next) && !next->isUsed; next = following(block)) {
      block->size += next->size;
    }
    if (block->size < size) continue;
    if (block->size > size + sizeof(struct block)) {
      struct block *rest = (struct block *)((unsigned char *)block + size);
      *rest = (struct block){block->size - size, false};
      block->size = size;
    }
    block->isUsed = true;
    return block + 1;
  }
  return NULL;
}

static void release(void *pointer) { ((struct block *)pointer - 1)->isUsed = false; }

static void report(const char *when) {
  unsigned used = 0, free = 0;
  for (struct block *block = first_block(); is_inside(block); block = following(block)) {
    if (block->isUsed) {
      used++;
    } else {
      free++;
    }
  }
  printf("%s: %u blocks used, %u free\n", when, used, free);
}

/* ---- lists ---- */

struct node {
  int value;
  struct node *next;
};

static struct node *prepend(int value, struct node *rest) {
  struct node *node = allocate(sizeof *node);
  if (!node) __builtin_trap();
  *node = (struct node){value, rest};
  return node;
}

static struct node *map(const struct node *list, int (*change)(int)) {
  return list ? prepend(change(list->value), map(list->next, change)) : NULL;
}

/* Gives nodes back whose values fail the test. */
static struct node *filter(struct node *list, bool (*test)(int)) {
  struct node **link = &list;
  while (*link) {
    struct node *node = *link;
    if (test(node->value)) {
      link = &node->next;
    } else {
      *link = node->next;
      release(node);
    }
  }
  return list;
}

static struct node *reverse(struct node *list) {
  struct node *reversed = NULL;
  while (list) {
    struct node *next = list->next;
    list->next = reversed;
    reversed = list;
    list = next;
  }
  return reversed;
}

static void print(const struct node *list) {
  for (; list; list = list->next) printf("%d%c", list->value, list->next ? ' ' : '\n');
}

static void release_all(struct node *list) {
  while (list) {
    struct node *next = list->next;
    release(list);
    list = next;
  }
}

static int square(int value) { return value * value; }
static bool is_odd(int value) { return value % 2 != 0; }

int main(void) {
  begin_heap();
  struct node *numbers = NULL;
  for (int i = 12; i >= 1; i--) numbers = prepend(i, numbers);
  print(numbers);
  struct node *squares = map(numbers, square);
  print(squares);
  report("both lists");
  squares = reverse(filter(squares, is_odd));
  print(squares);
  report("filtered");
  release_all(numbers);
  release_all(squares);
  void *whole = allocate(sizeof heap - sizeof(struct block));
  report(whole ? "all in one" : "in pieces");
  return 0;
}

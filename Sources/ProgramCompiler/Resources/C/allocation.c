/*
 * malloc and free: free blocks are linked by rising address; the first that is large enough is taken, what is left of it stays
 * free, and neighbours that are both free become one.
 */
#include "tvm.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* In front of every block. */
struct block {
  /* Bytes, this header included; a multiple of 16. */
  size_t size;
  /* The next free block. */
  struct block *next;
  /* What the caller gets is aligned to 16, as this is. */
  uint64_t unused;
};

static struct block *firstFree;

/* The whole size of a block for so many bytes; 0 when there is no such number. */
static size_t block_size(size_t size) {
  size_t whole = (size + sizeof(struct block) + 15) & -16u;
  return whole < size ? 0 : whole;
}

static void insert_block(struct block *block) {
  struct block **link = &firstFree, *before = NULL;
  for (; *link && *link < block; link = &before->next) before = *link;
  block->next = *link;
  *link = block;
  if (block->next && (char *)block + block->size == (char *)block->next) {
    block->size += block->next->size;
    block->next = block->next->next;
  }
  if (before && (char *)before + before->size == (char *)block) {
    before->size += block->size;
    before->next = block->next;
  }
}

/* Cuts a block where so many bytes end, if what is behind is enough for another. */
static void cut_block(struct block *block, size_t size) {
  if (block->size - size < sizeof(struct block) + 16) return;
  struct block *rest = (struct block *)((char *)block + size);
  rest->size = block->size - size;
  block->size = size;
  insert_block(rest);
}

static struct block *take_block(size_t size) {
  for (struct block **link = &firstFree; *link; link = &(*link)->next) {
    struct block *block = *link;
    if (block->size < size) continue;
    *link = block->next;
    return block;
  }
  return NULL;
}

void *malloc(size_t size) {
  enum { least = 4096 };
  size_t whole = block_size(size);
  if (!whole) return NULL;
  struct block *block = take_block(whole);
  if (!block) {
    // More at once than is asked for: the list stays short and blocks lie together.
    size_t count = whole < least ? least : whole;
    block = tvm_extend(count);
    if (!block) return NULL;
    block->size = count;
    insert_block(block);
    block = take_block(whole);
  }
  cut_block(block, whole);
  return block + 1;
}

void free(void *pointer) {
  if (pointer) insert_block((struct block *)pointer - 1);
}

void *calloc(size_t count, size_t size) {
  if (size && count > (size_t)-1 / size) return NULL;
  void *pointer = malloc(count * size);
  if (pointer) memset(pointer, 0, count * size);
  return pointer;
}

void *realloc(void *pointer, size_t size) {
  if (!pointer) return malloc(size);
  struct block *block = (struct block *)pointer - 1;
  size_t whole = block_size(size);
  if (!whole) return NULL;
  if (whole <= block->size) {
    cut_block(block, whole);
    return pointer;
  }
  void *moved = malloc(size);
  if (!moved) return NULL;
  memcpy(moved, pointer, block->size - sizeof *block);
  free(pointer);
  return moved;
}

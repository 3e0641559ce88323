// WASI preview 1 in terms of the host's services. There are three files: 0 is read, 1 and 2 are written, none can do more.
//
// Pointers are the program's. The host writes to memory without asking whether there is any, so that what it is to write is
// touched before; what lies outside of memory ends in a trap.

#include "wasi.h"

#include "host.h"

typedef enum { SUCCESS = 0, BAD_FILE = 8, INVALID_ARGUMENT = 28, NOT_SEEKABLE = 70 } Error;

typedef enum { STANDARD_INPUT, STANDARD_OUTPUT, STANDARD_ERROR } File;

/// Traps unless all bytes are in memory.
static void touch(const volatile void *begin, uint32_t count) {
  const volatile uint8_t *bytes = begin;
  if (count == 0) return;
  const uintptr_t first = (uintptr_t)bytes, last = first + (count - 1);
  (void)*(last < first ? (const volatile uint8_t *)UINTPTR_MAX : bytes);
  (void)*(const volatile uint8_t *)last;
}

static inline void write_two(const uint8_t *bytes) {
  host_output(bytes[0]);
  host_output(bytes[1]);
}

static inline void write_four(const uint8_t *bytes) {
  write_two(bytes);
  write_two(bytes + 2);
}

/// A byte takes three tokens, a turn of the loop fifteen more.
static void write_output(const uint8_t *bytes, uint32_t count) {
  for (const uint8_t *end = bytes + (count & ~(uint32_t)7); bytes != end; bytes += 8) {
    write_four(bytes);
    write_four(bytes + 4);
  }
  if (count & 4) write_four(bytes), bytes += 4;
  if (count & 2) write_two(bytes), bytes += 2;
  if (count & 1) host_output(*bytes);
}

static void write_error(const uint8_t *bytes, uint32_t count) {
  for (; count > 0; count--, bytes++) host_error_output(*bytes);
}

uint32_t fd_write(uint32_t file, const WasiBuffer *buffers, uint32_t count, uint32_t *written) {
  if (file != STANDARD_OUTPUT && file != STANDARD_ERROR) return BAD_FILE;
  uint32_t total = 0;
  for (const WasiBuffer *buffer = buffers; count > 0; count--, buffer++) {
    touch(buffer->bytes, buffer->count);
    if (file == STANDARD_OUTPUT) write_output(buffer->bytes, buffer->count);
    else write_error(buffer->bytes, buffer->count);
    total += buffer->count;
  }
  *written = total;
  return SUCCESS;
}

uint32_t fd_read(uint32_t file, const WasiBuffer *buffers, uint32_t count, uint32_t *read) {
  if (file != STANDARD_INPUT) return BAD_FILE;
  uint32_t total = 0;
  for (const WasiBuffer *buffer = buffers; count > 0; count--, buffer++) {
    touch(buffer->bytes, buffer->count);
    const uint32_t found = buffer->count == 0 ? 0 : host_input(buffer->bytes, buffer->count);
    total += found;
    if (found < buffer->count) break;
  }
  *read = total;
  return SUCCESS;
}

uint32_t fd_close(uint32_t file) { return file <= STANDARD_ERROR ? SUCCESS : BAD_FILE; }

uint32_t fd_seek(uint32_t file, uint64_t offset, uint32_t origin, uint64_t *position) {
  (void)offset, (void)origin, (void)position;
  return file <= STANDARD_ERROR ? NOT_SEEKABLE : BAD_FILE;
}

/// A file of unknown kind, as a pipe is, so that programs gather what they print.
uint32_t fd_fdstat_get(uint32_t file, WasiFileStatus *status) {
  const uint64_t may_read = 1 << 1, may_write = 1 << 6;
  if (file > STANDARD_ERROR) return BAD_FILE;
  *status = (WasiFileStatus){.rights = file == STANDARD_INPUT ? may_read : may_write};
  return SUCCESS;
}

/// No directory is open.
uint32_t fd_prestat_get(uint32_t file, void *status) {
  (void)file, (void)status;
  return BAD_FILE;
}

uint32_t fd_prestat_dir_name(uint32_t file, void *name, uint32_t count) {
  (void)file, (void)name, (void)count;
  return BAD_FILE;
}

static uint32_t get_sizes(uint32_t list, uint32_t *count, uint32_t *size) {
  *count = host_string_count(list);
  *size = host_string_size(list);
  return SUCCESS;
}

static uint32_t get_strings(uint32_t list, uint32_t *beginnings, void *buffer) {
  touch(beginnings, host_string_count(list) * sizeof *beginnings);
  touch(buffer, host_string_size(list));
  host_strings(list, beginnings, buffer);
  return SUCCESS;
}

uint32_t args_sizes_get(uint32_t *count, uint32_t *size) { return get_sizes(0, count, size); }
uint32_t args_get(uint32_t *beginnings, void *buffer) { return get_strings(0, beginnings, buffer); }
uint32_t environ_sizes_get(uint32_t *count, uint32_t *size) { return get_sizes(1, count, size); }
uint32_t environ_get(uint32_t *beginnings, void *buffer) { return get_strings(1, beginnings, buffer); }

/// 0 is the time of day, 1 a clock that is never set back, 2 and 3 the time spent by the process and the thread.
uint32_t clock_time_get(uint32_t clock, uint64_t precision, uint64_t *time) {
  (void)precision;
  if (clock > 3) return INVALID_ARGUMENT;
  *time = host_clock(clock);
  return SUCCESS;
}

uint32_t clock_res_get(uint32_t clock, uint64_t *nanoseconds) {
  if (clock > 3) return INVALID_ARGUMENT;
  *nanoseconds = 1;
  return SUCCESS;
}

uint32_t random_get(void *buffer, uint32_t count) {
  touch(buffer, count);
  for (uint8_t *bytes = buffer; count > 0;) {
    const uint32_t found = host_random(bytes, count);
    bytes += found, count -= found;
  }
  return SUCCESS;
}

uint32_t sched_yield(void) { return SUCCESS; }

_Noreturn void proc_exit(uint32_t code) { host_exit(code); }

#ifndef CSYSTEMINTERFACE_WASI_H
#define CSYSTEMINTERFACE_WASI_H

#include <stdint.h>

// The functions of WASI preview 1 that ordinary command-line programs need. What is declared here is exported.

/// A part of memory, as the program describes it.
typedef struct {
  uint8_t *bytes;
  uint32_t count;
} WasiBuffer;

/// What a program can learn about an open file.
typedef struct {
  uint8_t kind;
  uint16_t flags;
  uint64_t rights;
  uint64_t inherited_rights;
} WasiFileStatus;

uint32_t fd_write(uint32_t file, const WasiBuffer *buffers, uint32_t count, uint32_t *written);
uint32_t fd_read(uint32_t file, const WasiBuffer *buffers, uint32_t count, uint32_t *read);
uint32_t fd_close(uint32_t file);
uint32_t fd_seek(uint32_t file, uint64_t offset, uint32_t origin, uint64_t *position);
uint32_t fd_fdstat_get(uint32_t file, WasiFileStatus *status);
uint32_t fd_prestat_get(uint32_t file, void *status);
uint32_t fd_prestat_dir_name(uint32_t file, void *name, uint32_t count);
uint32_t args_sizes_get(uint32_t *count, uint32_t *size);
uint32_t args_get(uint32_t *beginnings, void *buffer);
uint32_t environ_sizes_get(uint32_t *count, uint32_t *size);
uint32_t environ_get(uint32_t *beginnings, void *buffer);
uint32_t clock_time_get(uint32_t clock, uint64_t precision, uint64_t *time);
uint32_t clock_res_get(uint32_t clock, uint64_t *nanoseconds);
uint32_t random_get(void *buffer, uint32_t count);
uint32_t sched_yield(void);
_Noreturn void proc_exit(uint32_t code);

#endif

#ifndef CSYSTEMINTERFACE_HOST_H
#define CSYSTEMINTERFACE_HOST_H

#include <stdint.h>

// What the host does for a program that has paused. Each function is a service by its name; see HostService.

#define HOST(name) __attribute__((import_module("tvm"), import_name(#name))) host_##name

/// Prints a byte. This is an instruction of the machine: no pause.
void HOST(output)(uint32_t byte);
/// Prints a byte where errors go.
void HOST(error_output)(uint32_t byte);
/// Writes at most so many bytes of the standard input to memory and says how many; 0 at its end.
uint32_t HOST(input)(void *buffer, uint32_t count);
/// Ends the program.
_Noreturn void HOST(exit)(uint32_t code);
/// The time of a clock, in nanoseconds.
uint64_t HOST(clock)(uint32_t clock);
/// Writes at most so many random bytes to memory and says how many.
uint32_t HOST(random)(void *buffer, uint32_t count);
/// How many strings there are, 0: of arguments, 1: of variables of the environment.
uint32_t HOST(string_count)(uint32_t list);
/// How many bytes they take up, each with a zero behind it.
uint32_t HOST(string_size)(uint32_t list);
/// Writes the strings to memory, one behind the other, and where each begins. What comes back means nothing.
uint32_t HOST(strings)(uint32_t list, uint32_t *beginnings, void *buffer);

#endif

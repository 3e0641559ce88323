/*
 * The C library of the full profile in one piece. Whatever a program does not use is dropped by the linker; a program may define
 * any function of the library itself, for these are weak.
 */
#include <ctype.h>
#include "math_instructions.h"

#pragma clang attribute push(__attribute__((weak)), apply_to = function)
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#pragma clang attribute pop

#include "start.c"
#include "main_with_arguments.c"
#include "compute_main.c"

#include "memory_end.c"
#include "allocation.c"
#include "text.c"

#include "streams.c"
#include "sink.c"
#include "integer_output.c"
#include "decimal_output.c"
#include "printf.c"

#include "input.c"
#include "numbers.c"
#include "decimal_input.c"
#include "scanf.c"

#include "binary_exponents.c"
#include "transcendental.c"

#include "sorting.c"
#include "random.c"
#include "clock.c"
#include "process.c"

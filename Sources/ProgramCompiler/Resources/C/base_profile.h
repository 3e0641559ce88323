/* What a program of the base profile finds without including it. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void compute(const char *input);

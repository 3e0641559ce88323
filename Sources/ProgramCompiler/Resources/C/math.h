/*
 * Exact: fabs, floor, ceil, trunc, round, rint, fmin, fmax, fmod, sqrt, frexp, ldexp. The others are within a few units in the
 * last place, with the exceptions that transcendental.c tells.
 */
#ifndef TVM_MATH_H
#define TVM_MATH_H

#define M_PI 3.14159265358979323846
#define M_PI_2 1.57079632679489661923
#define M_E 2.71828182845904523536
#define M_LN2 0.69314718055994530942
#define M_SQRT2 1.41421356237309504880
#define HUGE_VAL __builtin_huge_val()
#define INFINITY __builtin_inff()
#define NAN __builtin_nanf("")

#include "math_instructions.h"

double fmod(double value, double divisor);
double frexp(double value, int *exponent);
double ldexp(double value, int exponent);
double exp(double value);
double exp2(double value);
double log(double value);
double log2(double value);
double log10(double value);
double pow(double base, double exponent);
double sin(double angle);
double cos(double angle);
double tan(double angle);
double atan(double value);
double atan2(double y, double x);
double hypot(double x, double y);

#endif

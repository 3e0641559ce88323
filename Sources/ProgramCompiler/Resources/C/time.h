#ifndef TVM_TIME_H
#define TVM_TIME_H

typedef long long time_t;
typedef long clock_t;
#define CLOCKS_PER_SEC 1000000

/* Seconds since 1970, as the host says. */
time_t time(time_t *result);
/* Microseconds of the host's own clock. */
clock_t clock(void);

#endif

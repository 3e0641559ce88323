#include "tvm.h"
#include <time.h>

static unsigned long long nanoseconds(int clock) {
  unsigned long long time = 0;
  tvm_clock_time_get(clock, 1000, &time);
  return time;
}

time_t time(time_t *result) {
  time_t seconds = nanoseconds(0) / 1000000000;
  if (result) *result = seconds;
  return seconds;
}

clock_t clock(void) { return nanoseconds(1) / 1000; }

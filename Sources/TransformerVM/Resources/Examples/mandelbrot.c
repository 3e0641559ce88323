/* The Mandelbrot set in doubles, as text: the darker a character, the longer a point stays within the circle. */
#include <stdio.h>

enum { width = 25, height = 9, limit = 12 };

/* How many steps of z² + c stay within the circle of radius 2. */
static int steps(double real, double imaginary) {
  double x = 0, y = 0;
  for (int count = 0; count < limit; count++) {
    double xx = x * x, yy = y * y;
    if (xx + yy > 4) return count;
    y = (x + x) * y + imaginary;
    x = xx - yy + real;
  }
  return limit;
}

int main(void) {
  long total = 0;
  for (int row = 0; row < height; row++) {
    for (int column = 0; column < width; column++) {
      int count = steps(-2.2 + 3.0 * column / (width - 1), -1.2 + 2.4 * row / (height - 1));
      total += count;
      putchar(" .:-=+*#%@"[count * 9 / limit]);
    }
    putchar('\n');
  }
  printf("%ld steps, %.3f a point\n", total, (double)total / (width * height));
  return 0;
}

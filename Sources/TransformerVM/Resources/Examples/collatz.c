/* Collatz: halve what is even, triple what is odd and add one, until 1 is reached. Prints every number on the way. */
void compute(const char *input) {
  int start;
  if (sscanf(input, "%d", &start) != 1 || start < 1) {
    puts("expected a positive number");
    return;
  }
  unsigned n = start;
  unsigned highest = n;
  unsigned steps = 0;
  printf("%u", n);
  for (; n != 1; steps++) {
    n = n % 2 == 0 ? n / 2 : 3 * n + 1;
    if (n > highest) highest = n;
    printf(" %u", n);
  }
  printf("\n%d reaches 1 after %u steps; its highest number is %u\n", start, steps, highest);
}

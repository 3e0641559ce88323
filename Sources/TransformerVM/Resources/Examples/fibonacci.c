/* The Fibonacci numbers F(0) to F(n), as far as 32 bits go. */
void compute(const char *input) {
  int n;
  if (sscanf(input, "%d", &n) != 1 || n < 0 || n > 47) {
    puts("expected a number from 0 to 47");
    return;
  }
  unsigned current = 0;
  unsigned next = 1;
  for (int i = 0; i <= n; i++) {
    printf("F(%d) = %u\n", i, current);
    unsigned sum = current + next;
    current = next;
    next = sum;
  }
}

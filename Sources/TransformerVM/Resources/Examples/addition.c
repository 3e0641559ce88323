/* Long addition: "a + b" with two decimal numbers of any length, added digit by digit from the right. */

static const char *skip_to_digit(const char *text) {
  while (*text && (*text < '0' || *text > '9')) text++;
  return text;
}

static const char *skip_digits(const char *text) {
  while (*text >= '0' && *text <= '9') text++;
  return text;
}

void compute(const char *input) {
  const char *a = skip_to_digit(input);
  const char *a_end = skip_digits(a);
  const char *b = skip_to_digit(a_end);
  const char *b_end = skip_digits(b);
  if (a == a_end || b == b_end) {
    puts("expected two numbers, like 95 + 17");
    return;
  }

  size_t a_length = a_end - a;
  size_t b_length = b_end - b;
  char sum[(a_length > b_length ? a_length : b_length) + 2];
  char *left = sum + sizeof sum - 1;
  *left = 0;

  int carry = 0;
  const char *a_digit = a_end;
  const char *b_digit = b_end;
  while (a_digit != a || b_digit != b) {
    int digit = carry;
    if (a_digit != a) digit += *--a_digit - '0';
    if (b_digit != b) digit += *--b_digit - '0';
    carry = digit >= 10;
    *--left = '0' + (carry ? digit - 10 : digit);
  }
  if (carry) *--left = '1';

  for (; a != a_end; a++) putchar(*a);
  printf(" + ");
  for (; b != b_end; b++) putchar(*b);
  printf(" = %s\n", left);
}

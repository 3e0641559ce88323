/* Greets whoever the input names. */
void compute(const char *input) { printf("Hello, %s!\n", input); }

#ifndef TVM_STDIO_H
#define TVM_STDIO_H

#include <stdarg.h>
#include <stddef.h>

#define EOF (-1)

/* The three streams that a program has; there are no files. */
typedef struct tvm_stream FILE;
#define stdin ((FILE *)1)
#define stdout ((FILE *)2)
#define stderr ((FILE *)3)

int putchar(int byte);
int putc(int byte, FILE *stream);
int fputc(int byte, FILE *stream);
int puts(const char *text);
int fputs(const char *text, FILE *stream);
size_t fwrite(const void *items, size_t size, size_t count, FILE *stream);
int fflush(FILE *stream);

__attribute__((format(printf, 1, 2))) int printf(const char *format, ...);
__attribute__((format(printf, 2, 3))) int fprintf(FILE *stream, const char *format, ...);
__attribute__((format(printf, 2, 3))) int sprintf(char *text, const char *format, ...);
__attribute__((format(printf, 3, 4))) int snprintf(char *text, size_t room, const char *format, ...);
int vprintf(const char *format, va_list arguments);
int vfprintf(FILE *stream, const char *format, va_list arguments);
int vsprintf(char *text, const char *format, va_list arguments);
int vsnprintf(char *text, size_t room, const char *format, va_list arguments);

int getchar(void);
int getc(FILE *stream);
int fgetc(FILE *stream);
int ungetc(int byte, FILE *stream);
char *gets(char *text);
char *fgets(char *text, int room, FILE *stream);
size_t fread(void *items, size_t size, size_t count, FILE *stream);
int feof(FILE *stream);
int ferror(FILE *stream);

__attribute__((format(scanf, 1, 2))) int scanf(const char *format, ...);
__attribute__((format(scanf, 2, 3))) int fscanf(FILE *stream, const char *format, ...);
__attribute__((format(scanf, 2, 3))) int sscanf(const char *text, const char *format, ...);

#endif

// Swift imports neither memfd_create nor the macros around it.
#define _GNU_SOURCE

#include "CMemoryFile.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef MFD_CLOEXEC
int memory_file_open(void) { return memfd_create("memory image", MFD_CLOEXEC); }
#else
int memory_file_open(void) {
  const char *folder = getenv("TMPDIR");
  char path[1024];
  int length = snprintf(path, sizeof path, "%s/memory-image.XXXXXX", folder ? folder : "/tmp");
  if (length < 0 || length >= (int)sizeof path) return -1;
  int file = mkstemp(path);
  if (file < 0) return -1;
  unlink(path);
  fcntl(file, F_SETFD, FD_CLOEXEC);
  return file;
}
#endif

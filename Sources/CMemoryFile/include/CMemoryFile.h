#ifndef CMemoryFile_h
#define CMemoryFile_h

/// Opens an empty file that has no name: in memory where the system has such files, else in its folder for temporary ones.
///
/// Returns a descriptor that programs started later do not inherit; -1 when there can be no such file.
int memory_file_open(void);

#endif

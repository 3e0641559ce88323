/* ASCII, as in the C locale. */
#ifndef TVM_CTYPE_H
#define TVM_CTYPE_H

#define TVM_INLINE __attribute__((unused)) static inline

TVM_INLINE int isdigit(int character) { return (unsigned)character - '0' < 10; }
TVM_INLINE int isupper(int character) { return (unsigned)character - 'A' < 26; }
TVM_INLINE int islower(int character) { return (unsigned)character - 'a' < 26; }
TVM_INLINE int isalpha(int character) { return ((unsigned)character | 32) - 'a' < 26; }
TVM_INLINE int isalnum(int character) { return isalpha(character) || isdigit(character); }
TVM_INLINE int isxdigit(int character) {
  return isdigit(character) || ((unsigned)character | 32) - 'a' < 6;
}
TVM_INLINE int isspace(int character) { return character == ' ' || (unsigned)character - '\t' < 5; }
TVM_INLINE int isblank(int character) { return character == ' ' || character == '\t'; }
TVM_INLINE int isprint(int character) { return (unsigned)character - ' ' < 95; }
TVM_INLINE int isgraph(int character) { return (unsigned)character - '!' < 94; }
TVM_INLINE int iscntrl(int character) { return (unsigned)character < ' ' || character == 127; }
TVM_INLINE int ispunct(int character) { return isgraph(character) && !isalnum(character); }
TVM_INLINE int toupper(int character) { return islower(character) ? character - 32 : character; }
TVM_INLINE int tolower(int character) { return isupper(character) ? character + 32 : character; }

#undef TVM_INLINE
#endif

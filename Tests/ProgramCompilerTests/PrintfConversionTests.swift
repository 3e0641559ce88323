import ProgramCompiler
import Testing

/// Which sources bring the code for fields with them.
struct PrintfConversionTests {
  @Test(arguments: [
    (#"printf("%5d", 1);"#, true), (#"printf("a%-3s")"#, true), (#"printf("%i")"#, true), (#"printf("%%%lu")"#, true),
    (#"'"'; f("%02x");"#, true), (#"/* " */ f("%1d");"#, true), ("// \"\nf(\"\\\"%1d\");", true),
    (#"f("%d %u %x %c %s %%");"#, false), (#"f("%%5d");"#, false), (#"int a = b %2;"#, false), (#"a %'5'"#, false),
    (#"/* "%5d" */"#, false), (#"// "%5d""#, false), (#"/*/ "%5d" */"#, false), (#"f("\"", b %1);"#, false),
    (#"f("\\", b %1);"#, false), ("", false), ("\"", false), ("\"%", false), ("'%5'", false),
  ])
  func fields(source: String, needed: Bool) {
    #expect(PrintfConversions.needFields(inSource: source.utf8) == needed)
  }

  @Test(arguments: [
    (#"printf("%f", 1.0);"#, true), (#"printf("%-8.3Lg|")"#, true), (#"scanf("%*lf")"#, true), (#"f("%%%e")"#, true),
    (#"f("%" "5.1f")"#, true), ("f(\"%\"\n\"G\")", true), (#"f("%d free %s")"#, false), (#"f("%%f")"#, false),
    (#"f("%", "f")"#, false), (#"'%f'"#, false), (#"f("\%\f")"#, false), (#"f("%5.3")"#, false), ("", false),
  ])
  func floats(source: String, needed: Bool) {
    #expect(PrintfConversions.needFloats(inSource: source.utf8) == needed)
  }

  @Test(arguments: [
    (#"printf("%lld", 1ll);"#, true), (#"printf("%" "llu")"#, true), (#"f("%-+20jd")"#, true), (#"f("%ld%ld")"#, false),
    (#"f("%zu %hhd")"#, false), (#"f("ll %d")"#, false),
  ])
  func wideNumbers(source: String, needed: Bool) {
    #expect(PrintfConversions.needWideNumbers(inSource: source.utf8) == needed)
  }
}

/// The C library of the full profile, as sources.
enum FullCLibrary {
  /// The file that includes all others of the library.
  static let source = "library.c"
  /// What a program of the base profile is given without including it.
  static let baseProfileHeader = "base_profile.h"

  /// What a program asks of the library.
  struct Needs: Hashable {
    var floats = false
    var wideNumbers = false
    /// Whether the program is one of the base profile: its entry is `compute`, and it includes nothing.
    var isComputation = false

    /// - Parameter source: what the preprocessor makes of the program.
    init(ofPreprocessed source: [UInt8]) {
      floats = PrintfConversions.needFloats(inSource: source)
      wideNumbers = PrintfConversions.needWideNumbers(inSource: source)
      let words = source.split { !Self.isWordCharacter($0) }
      let hasMain = words.contains { $0.elementsEqual("main".utf8) }
      isComputation =
        !hasMain
        && zip(words, words.dropFirst()).contains { $0.elementsEqual("void".utf8) && $1.elementsEqual("compute".utf8) }
    }

    /// The macros by which the library is told.
    var definitions: [String] {
      (floats ? ["TVM_FLOATS"] : []) + (wideNumbers ? ["TVM_WIDE"] : [])
    }

    private static func isWordCharacter(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: false
      }
    }
  }

  /// Headers and sources, by their names.
  static let files: [String: [UInt8]] = [
    "assert.h": PackageResources.assert_h, "ctype.h": PackageResources.ctype_h,
    "inttypes.h": PackageResources.inttypes_h, "math.h": PackageResources.math_h, "stdio.h": PackageResources.stdio_h,
    "stdlib.h": PackageResources.stdlib_h, "string.h": PackageResources.string_h, "time.h": PackageResources.time_h,

    baseProfileHeader: PackageResources.base_profile_h, "math_instructions.h": PackageResources.math_instructions_h,
    "text_and_memory.h": PackageResources.text_and_memory_h, "tvm.h": PackageResources.tvm_h,

    source: PackageResources.library_c, "allocation.c": PackageResources.allocation_c,
    "binary_exponents.c": PackageResources.binary_exponents_c,
    "clock.c": PackageResources.clock_c, "compute_main.c": PackageResources.compute_main_c,
    "decimal_input.c": PackageResources.decimal_input_c, "decimal_output.c": PackageResources.decimal_output_c,
    "input.c": PackageResources.input_c, "integer_output.c": PackageResources.integer_output_c,
    "main_with_arguments.c": PackageResources.main_with_arguments_c, "memory_end.c": PackageResources.memory_end_c,
    "numbers.c": PackageResources.numbers_c, "printf.c": PackageResources.printf_c,
    "process.c": PackageResources.process_c, "random.c": PackageResources.random_c, "scanf.c": PackageResources.scanf_c,
    "sink.c": PackageResources.sink_c, "sorting.c": PackageResources.sorting_c, "start.c": PackageResources.start_c,
    "streams.c": PackageResources.streams_c, "text.c": PackageResources.text_c,
    "transcendental.c": PackageResources.transcendental_c,
  ]
}

public import WebAssembly

/// What a program asks of its host by the token `host(n)`: the number n is the raw value.
///
/// The values that it gives are the last that the machine writes before that token, and their types are the service's
/// parameters; the host pushes the results. Some services also write memory.
public enum HostService: Int, Hashable, Sendable, CaseIterable {
  /// Prints the byte that is given where errors go.
  case errorOutput
  /// Writes bytes of the standard input to memory, from an address on and at most so many; says how many, 0 at the end.
  case input
  /// Ends the program with a code; nothing is answered.
  case exit
  /// The time of a clock in nanoseconds: 0 is the time of day, 1 a clock that is never set back, 2 and 3 are what the process and
  /// the thread have spent.
  case clock
  /// Writes random bytes to memory, from an address on and at most so many; says how many.
  case random
  /// How many strings a list has; list 0 are the arguments, 1 the variables of the environment.
  case stringCount
  /// How many bytes the strings of a list take up, each with a zero behind it.
  case stringSize
  /// Writes to memory, for a list, where each string begins, from an address on, and the strings themselves, from another on;
  /// the result is 0.
  case strings
  /// The test suite's functions: show the values that are given.
  case print
  case printI32
  case printI64
  case printF32
  case printF64
  case printI32F32
  case printF64F64

  /// Whether any module may import the service: those that write memory trust the pointers that they are given, and the system
  /// interface is the way to them.
  package var isForAll: Bool { importName.module == HostDefinition.moduleName }

  /// The names by which a module imports the service.
  public var importName: (module: Name, name: Name) {
    switch self {
    case .errorOutput: ("tvm", "error_output")
    case .input: ("tvm", "input")
    case .exit: ("tvm", "exit")
    case .clock: ("tvm", "clock")
    case .random: ("tvm", "random")
    case .stringCount: ("tvm", "string_count")
    case .stringSize: ("tvm", "string_size")
    case .strings: ("tvm", "strings")
    case .print: (HostDefinition.moduleName, "print")
    case .printI32: (HostDefinition.moduleName, "print_i32")
    case .printI64: (HostDefinition.moduleName, "print_i64")
    case .printF32: (HostDefinition.moduleName, "print_f32")
    case .printF64: (HostDefinition.moduleName, "print_f64")
    case .printI32F32: (HostDefinition.moduleName, "print_i32_f32")
    case .printF64F64: (HostDefinition.moduleName, "print_f64_f64")
    }
  }

  /// What is given, and what is pushed.
  public var type: FunctionType {
    let (parameters, results): ([ValueType], [ValueType]) =
      switch self {
      case .errorOutput, .exit, .printI32: ([.i32], [])
      case .input, .random: ([.i32, .i32], [.i32])
      case .clock: ([.i32], [.i64])
      case .stringCount, .stringSize: ([.i32], [.i32])
      case .strings: ([.i32, .i32, .i32], [.i32])
      case .print: ([], [])
      case .printI64: ([.i64], [])
      case .printF32: ([.f32], [])
      case .printF64: ([.f64], [])
      case .printI32F32: ([.i32, .f32], [])
      case .printF64F64: ([.f64, .f64], [])
      }
    return FunctionType(parameters: parameters, results: results)
  }
}

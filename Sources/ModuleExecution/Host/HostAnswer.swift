import InstructionSet
import ProgramCompiler
import WebAssembly

/// What the host does when it is asked for a service.
struct HostAnswer {
  /// What it writes to memory.
  var memory: [MemorySegment] = []
  /// What it pushes. There is something if memory is written: the bytes must not stand last.
  var results: [WebAssemblyValue] = []
  /// What is seen from outside.
  var event: ExecutionEvent?
  /// The code that ends the program.
  var exitCode: UInt32?

  /// The tokens that the host appends.
  var tokens: [FullToken] { memory.flatMap(\.tokens) + results.flatMap(\.pushTokens) }
}

extension HostEnvironment {
  /// - Parameter arguments: of the service's types.
  /// - Throws: ``HostInputError`` when the program reads an input that cannot be read.
  mutating func serve(_ service: HostService, _ arguments: [WebAssemblyValue]) throws(HostInputError) -> HostAnswer {
    let words = arguments.map { UInt32(truncatingIfNeeded: $0.bits) }
    switch service {
    case .errorOutput: return HostAnswer(event: .errorOutput(words.map { UInt8(truncatingIfNeeded: $0) }))
    case .exit: return HostAnswer(exitCode: words.first ?? 0)
    case .clock: return HostAnswer(results: [.i64(Int64(bitPattern: clock.time(of: words.first ?? 0)))])
    case .input:
      let bytes = [UInt8](try input.read(Self.byteCount(words)))
      return HostAnswer(memory: Self.segments(bytes, at: words), results: [.i32(Int32(bytes.count))])
    case .random:
      let bytes = random.bytes(Self.byteCount(words))
      return HostAnswer(memory: Self.segments(bytes, at: words), results: [.i32(Int32(bytes.count))])
    case .stringCount: return HostAnswer(results: [.i32(Int32(truncatingIfNeeded: list(words.first).count))])
    case .stringSize:
      return HostAnswer(results: [.i32(Int32(truncatingIfNeeded: list(words.first).reduce(0) { $0 + $1.count }))])
    case .strings:
      guard words.count == 3 else { return HostAnswer() }
      return HostAnswer(memory: strings(list(words[0]), beginnings: words[1], buffer: words[2]), results: [.i32(0)])
    case .print, .printI32, .printI64, .printF32, .printF64, .printI32F32, .printF64F64:
      return HostAnswer(event: .printed(arguments))
    }
  }

  /// The most bytes that one answer writes, so that a limit on tokens is soon noticed. A program that wants more asks again.
  private static let greatestCount: UInt32 = 65_536

  /// How many bytes are asked for, by the second word.
  private static func byteCount(_ words: [UInt32]) -> Int {
    words.count == 2 ? Int(min(words[1], greatestCount)) : 0
  }

  /// Bytes from the address on that is the first word.
  private static func segments(_ bytes: [UInt8], at words: [UInt32]) -> [MemorySegment] {
    bytes.isEmpty ? [] : words.prefix(1).map { MemorySegment(address: $0, bytes: bytes) }
  }

  /// The strings of a list as bytes, each with a zero behind it. What is behind a zero within a string could not be told from the
  /// next one, and is left out.
  private func list(_ number: UInt32?) -> [[UInt8]] {
    (number == 0 ? arguments : variables).map { string in Array(string.bytes.prefix { $0 != 0 }) + [0] }
  }

  private func strings(_ strings: [[UInt8]], beginnings: UInt32, buffer: UInt32) -> [MemorySegment] {
    guard !strings.isEmpty else { return [] }
    var address = buffer
    var pointers: [UInt8] = []
    for string in strings {
      pointers += (0..<4).map { UInt8(truncatingIfNeeded: address >> (8 * $0)) }
      address &+= UInt32(truncatingIfNeeded: string.count)
    }
    return [
      MemorySegment(address: beginnings, bytes: pointers),
      MemorySegment(address: buffer, bytes: Array(strings.joined())),
    ]
  }
}

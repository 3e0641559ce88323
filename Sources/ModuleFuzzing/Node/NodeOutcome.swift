import InstructionSet
import ModuleExecution

/// How something ended by node.
enum NodeOutcome: Hashable {
  case returned([WebAssemblyValue])
  /// A trap in the words of V8.
  case trapped(String)
  /// The stack was exhausted.
  case exhausted
  /// Something that a module cannot do.
  case failed(String)
}

extension NodeOutcome {
  /// The traps that V8 words so. It tells fewer apart.
  private static let traps: [String: Set<Trap>] = [
    "unreachable": [.unreachable],
    "memory access out of bounds": [.outOfBoundsMemoryAccess],
    "divide by zero": [.integerDivideByZero],
    "remainder by zero": [.integerDivideByZero],
    "divide result unrepresentable": [.integerOverflow],
    "float unrepresentable in integer range": [.integerOverflow, .invalidConversionToInteger],
    "table index is out of bounds": [.undefinedElement],
    "null function or function signature mismatch": [.uninitializedElement, .indirectCallTypeMismatch],
  ]

  /// A trap of V8 in the words of the test suite; nil where these say more.
  static func message(_ words: String) -> String? {
    guard let traps = traps[words], traps.count == 1 else { return nil }
    return traps.first?.message
  }

  /// Whether it is what a machine says: values bit for bit, but for NaN, of which the specification lets several be.
  func agrees(with outcome: ExecutionOutcome) -> Bool {
    switch (self, outcome) {
    case (.returned(let own), .returned(let others)):
      own.count == others.count
        && zip(own, others).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN && $0.type == $1.type) }
    case (.trapped(let words), .trapped(let trap)): Self.traps[words]?.contains(trap) ?? false
    case (.exhausted, .trapped(.callStackExhausted)): true
    default: false
    }
  }

  /// One line.
  var text: String {
    switch self {
    case .returned(let values): values.isEmpty ? "no results" : values.map(\.text).joined(separator: " ")
    case .trapped(let words): "trap: \(words)"
    case .exhausted: "trap: call stack exhausted"
    case .failed(let reason): reason
    }
  }
}

extension WebAssemblyValue {
  var isNaN: Bool {
    switch self {
    case .f32(let bits): Float(bitPattern: bits).isNaN
    case .f64(let bits): Double(bitPattern: bits).isNaN
    case .i32, .i64: false
    }
  }
}

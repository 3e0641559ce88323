import InstructionSet
import WebAssembly

/// What the host remembers of a trace: its length, how many operands are on the stack, and the last tokens.
struct TraceTail: Sendable {
  /// How many tokens there are.
  private(set) var tokenCount = 0
  /// How many operands are on the stack.
  private(set) var depth = 0
  private var tokens: [FullToken] = []
  private let capacity: Int

  /// - Parameter capacity: how many of the last tokens to remember at least.
  init(capacity: Int) {
    self.capacity = capacity
  }

  /// The last tokens, at least as many as are to be remembered if there are so many.
  var lastTokens: ArraySlice<FullToken> { tokens[...] }

  mutating func append(_ slice: ArraySlice<FullToken>) {
    tokenCount += slice.count
    depth = slice.reduce(depth) { $0 + $1.stackEffect }
    if tokens.count > capacity { tokens.removeFirst(tokens.count - capacity) }
    tokens += slice.suffix(capacity)
  }

  /// The values whose bytes were written last, before pops and the token that pauses; nil when others or too few are there.
  func lastValues(_ types: [ValueType]) -> [WebAssemblyValue]? {
    var rest = tokens.dropLast()
    while case .event(.pop)? = rest.last { rest.removeLast() }
    var values: [WebAssemblyValue] = []
    for type in types.reversed() {
      guard let bits = rest.takeValue(type.width) else { return nil }
      values.append(WebAssemblyValue(type, bits: bits))
    }
    return values.reversed()
  }

  /// How many tokens values of these types take up with what comes behind them: pops of the copies and of the values
  /// themselves, and the token that pauses.
  static func length(_ types: [ValueType]) -> Int {
    types.reduce(2 * (types.count / FullToken.greatestPop + 1) + 1) { $0 + 1 + $1.width.rawValue }
  }
}

extension ArraySlice<FullToken> {
  /// Removes the bytes of a value from the end, with the reference before them, and returns its bits.
  fileprivate mutating func takeValue(_ width: FullToken.ValueWidth) -> UInt64? {
    guard case .last(let highest, .push(width, 0), _)? = popLast() else { return nil }
    var bits = UInt64(highest)
    for _ in 1..<width.rawValue {
      guard case .byte(let byte, _)? = popLast() else { return nil }
      bits = bits << 8 | UInt64(byte)
    }
    switch popLast() {
    case .event(.local), .event(.global): return bits
    default: return nil
    }
  }
}

/// What a caller must know about a function.
struct FunctionSignature: Hashable, Sendable {
  let parameterCount: Int
  let hasResult: Bool
  /// Whether the first argument says how often the function may call itself.
  let isRecursive: Bool
  /// The most instructions that one activation executes, without those of its own activations of itself.
  let cost: Int
}

/// The function being written.
struct FunctionScope {
  /// nil in the main program.
  let number: Int?
  let hasResult: Bool
  /// Local variables that may be read.
  let readable: [Int]
  /// Those that may be written: neither the counters of open loops nor what bounds a recursion.
  var writable: [Int]
  /// The most instructions that the function may have before it only closes what is open.
  let maximumSize: Int
  var items: [CodeItem] = []
  private var labelCount = 0

  init(number: Int?, hasResult: Bool, readable: [Int], writable: [Int], maximumSize: Int) {
    self.number = number
    self.hasResult = hasResult
    self.readable = readable
    self.writable = writable
    self.maximumSize = maximumSize
  }

  var isFull: Bool { items.count >= maximumSize }

  mutating func newLabel() -> Int {
    labelCount += 1
    return labelCount
  }
}

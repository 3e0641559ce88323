/// What compiled code reads and writes, by address. Every field is 8 bytes; `CodePrelude` declares the same structure in C.
struct CompiledState {
  /// Takes a key and its values into a hull, or into the index in its place when that takes more than replacing an entry.
  typealias Insert = @convention(c) (UnsafeMutableRawPointer, Int, Double, Double, Double, Double, Int) -> Void
  /// Writes what a search attends to.
  typealias Search = @convention(c) (UnsafeMutableRawPointer, Int, Double, Double, UnsafeMutablePointer<Double>) -> Void
  /// Writes what a gathering head attends to, given its query and the position.
  typealias Gather =
    @convention(c) (UnsafeMutableRawPointer, Int, Double, Double, Int, UnsafeMutablePointer<Double>) -> Void

  var embedding: UnsafePointer<Double>  // [V, embedding columns]
  var history: UnsafeMutablePointer<Double>  // [positions, columns]
  /// For each line head key, values and number of the highest key, the lowest and all.
  var lines: UnsafeMutablePointer<Double>  // [lines, 3, 4]
  /// The index in the place of each hull; nil where there is a hull.
  var indexes: UnsafeMutablePointer<UnsafeMutablePointer<KeyIndexHeader>?>  // [insertions]
  /// The registers that the output head reads, when compiled code leaves the choice to it.
  var registers: UnsafeMutablePointer<Double>  // [registers]
  var memory: UnsafeMutableRawPointer
  var insert: Insert
  var search: Search
  var gather: Gather
}

/// Reads a token: the state, the token, its position and the position's recency. It returns the next token, or −1 when the output head has to
/// choose by the registers.
typealias CompiledStep = @convention(c) (UnsafeMutableRawPointer, Int, Int, Double) -> Int

extension CompiledState {
  /// What a line head remembers before its first key.
  static let emptyLine: [Double] = [-.infinity, 0, 0, 0, .infinity, 0, 0, 0, 0, 0, 0, 0]
}

/// What a run reads and writes, by address, so that compiled code can do it too. Every field is 8 bytes; `CodePrelude` declares the same
/// structure in C.
struct RunState {
  /// Takes a key and its values into a hull, or into the index in its place when that takes more than replacing an entry.
  typealias Insert = @convention(c) (UnsafeMutableRawPointer, Int, Double, Double, Double, Double, Int) -> Void
  /// Writes what a search attends to.
  typealias Search = @convention(c) (UnsafeMutableRawPointer, Int, Double, Double, UnsafeMutablePointer<Double>) -> Void
  /// Writes what a gathering head attends to, given its query and the position.
  typealias Gather =
    @convention(c) (UnsafeMutableRawPointer, Int, Double, Double, Int, UnsafeMutablePointer<Double>) -> Void
  /// The results of a function whose table lacks the argument, until the next call.
  typealias Evaluate = @convention(c) (UnsafeMutableRawPointer, Int, Double, Double) -> UnsafePointer<Double>?

  let embedding: UnsafePointer<Double>  // [V, embedding columns]
  var tokens: UnsafeMutablePointer<Int32>  // [capacity]
  var stored: UnsafeMutablePointer<Double>  // [capacity, columns]
  let lines: UnsafeMutablePointer<LineMemory>  // [lines]
  /// The index in the place of each hull; nil where there is a hull.
  let indexes: UnsafeMutablePointer<UnsafeMutablePointer<KeyIndexHeader>?>  // [insertions]
  let registers: UnsafeMutablePointer<Double>  // [registers]
  let memory: UnsafeMutableRawPointer
  let insert: Insert
  let search: Search
  let gather: Gather
  let tables: UnsafePointer<UnsafePointer<Double>>  // [functions] of [rows, results]
  let evaluate: Evaluate
}

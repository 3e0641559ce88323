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
  /// Gives a number a place in the index in the place of a hull.
  typealias Occupy = @convention(c) (UnsafeMutableRawPointer, Int, Int) -> Void
  /// Writes what a search of an index attends to; 0 when the index cannot tell.
  typealias Answer = @convention(c) (UnsafeMutableRawPointer, Int, Double, Double, UnsafeMutablePointer<Double>) -> Int
  /// The token that the rows of a block predict at the lane that they are given by.
  typealias Choose = @convention(c) (UnsafeMutableRawPointer, UnsafePointer<Double>) -> Int

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
  let occupy: Occupy
  let answer: Answer
  let choose: Choose
}

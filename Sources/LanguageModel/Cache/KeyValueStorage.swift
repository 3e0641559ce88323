/// The keys and values of one sequence's positions, in blocks of sixteen that may lie anywhere.
///
/// The forward pass reads and writes blocks through their addresses only, so that a cache may share the blocks of equal
/// beginnings between sequences.
package protocol KeyValueStorage: AnyObject {
  /// How a block is laid out.
  var layout: KeyValueLayout { get }

  /// The positions that are computed.
  var count: Int { get }

  /// The blocks' addresses, in the order of positions; at least as many as `reserve` was asked for.
  ///
  /// The blocks of positions from `count` on belong to this sequence alone.
  var blocks: [UnsafeMutablePointer<Float>] { get }

  /// Makes room for positions below a number.
  func reserve(_ positions: Int) throws(LanguageModelError)

  /// Counts positions as computed that have been written to reserved room.
  func advance(by positions: Int)
}

/// The keys and values of one sequence's positions, in blocks of sixteen that may lie anywhere.
///
/// The forward pass reads and writes blocks through their addresses only, so that a cache may share the blocks of equal
/// beginnings between sequences.
package protocol KeyValueStorage: AnyObject {
  /// How a block is laid out.
  var layout: KeyValueLayout { get }

  /// The positions that are computed.
  var count: Int { get }

  /// Makes room for so many positions after those computed, and keeps others from using the cache until the pass ends.
  ///
  /// - Returns: the addresses of the blocks, in the order of positions; those of positions from `count` on belong to this
  ///   sequence alone, and all stay valid until the pass ends.
  /// - Throws: `LanguageModelError` when there is no room, or when another pass is using the cache.
  func beginPass(adding positions: Int) throws(LanguageModelError) -> [UnsafeMutableRawPointer]

  /// Ends a pass that has computed so many positions, or none when it failed.
  func endPass(computed positions: Int)
}

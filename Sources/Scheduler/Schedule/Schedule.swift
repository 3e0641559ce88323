/// When every operation of a graph runs, and how wide the residual stream is.
///
/// A schedule belongs to one graph. Everything else that weights need (slots, heads, what is erased where) follows from the
/// two by ``Layout/init(of:for:)``.
public struct Schedule: Hashable, Sendable {
  /// The place of each operation, by its index in `ComputationGraph.operations`.
  public let placements: [Placement]
  /// The number of layers.
  public let layerCount: Int
  /// The width of the residual stream, d_model: an even number.
  public let modelWidth: Int
  public let reuse: ReuseRule

  public init(placements: [Placement], layerCount: Int, modelWidth: Int, reuse: ReuseRule) {
    self.placements = placements
    self.layerCount = layerCount
    self.modelWidth = modelWidth
    self.reuse = reuse
  }

  /// The number of attention heads of every layer, d_model / 2.
  public var headCount: Int { modelWidth / 2 }

  /// The number of half-layers, twice that of layers.
  public var halfCount: Int { 2 * layerCount }
}

import Attention
import Transformer

/// The keys of a lookup: in an index as long as its premise holds, else in a hull.
struct LookupMemory {
  /// The index; nil when a hull is needed.
  let index: KeyIndexStorage?
  var hull: HullHeadCache
  /// Whether the index could not take in a key or answer a query.
  var hasRefused = false

  init(_ rule: TransformerLayer.TieRule, mayUseIndex: Bool) {
    self.init(
      index: mayUseIndex && rule == .latest ? KeyIndexStorage() : nil, hull: HullHeadCache(tieRule: rule.attentionRule))
  }

  private init(index: KeyIndexStorage?, hull: HullHeadCache) {
    self.index = index
    self.hull = hull
  }

  func copy() -> LookupMemory {
    LookupMemory(index: index?.copy(), hull: hull)
  }
}

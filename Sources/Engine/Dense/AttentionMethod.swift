import Attention
import Transformer

/// How a dense engine finds what a head attends to.
public enum AttentionMethod: Hashable, Sendable, CaseIterable {
  /// Hard attention by comparing all keys: O(n) for each token.
  case reference
  /// Hard attention by a convex hull: O(log n) for each token.
  case hull
  /// The literal softmax, O(n) for each token. It agrees with hard attention only while scores differ enough.
  case softmax

  /// An empty cache for a head.
  func makeCache(_ rule: TransformerLayer.TieRule) -> any HeadCache {
    switch self {
    case .reference: ReferenceHeadCache(tieRule: rule.attentionRule)
    case .hull: HullHeadCache(tieRule: rule.attentionRule)
    // The queries carry the hardness already.
    case .softmax: SoftmaxHeadCache(scale: 1)
    }
  }
}

extension TransformerLayer.TieRule {
  /// The same rule in the words of the caches.
  var attentionRule: Attention.TieRule {
    switch self {
    case .average: .average
    case .latest: .latest
    }
  }
}

package import Evaluator

extension StreamComparison {
  /// What every head reads by the graph at the last of some tokens, one a line, layer by layer.
  ///
  /// - Parameter name: how the token at a position is written.
  /// - Throws: `EvaluatorError` when the vocabulary has no such token.
  package func readings(atEndOf tokens: [Int], _ name: (Int) -> String) throws(EvaluatorError) -> [String] {
    var evaluator = GraphEvaluator(graph)
    var heads = GraphHeads(graph, layout)
    var readings: [HeadReading] = []
    for token in tokens {
      try evaluator.advance(token)
      readings = heads.readings(in: evaluator)
    }
    return zip(heads.places, readings).map { place, reading in
      "layer \(place.layer), head \(place.head) ('\(heads.name(of: place))') reads \(reading.text(name))"
    }
  }
}

public import Graph
public import Scheduler
public import Transformer

extension TransformerModel {
  /// Computes the weights that make a transformer do what a graph says, each operation where the schedule puts it.
  ///
  /// The same arguments give the same weights to the bit on every machine. The model agrees with the graph evaluator on
  /// every run that begins with one of the first tokens and holds none of them later, as long as
  ///
  /// - integers stay below 2⁵², so that new − old is exact where a slot changes hands (the layout gives fractions an
  ///   empty slot),
  /// - the large terms of an expression (`Expression.Term.isLarge`) are small multiples of one constant, queries have none,
  ///   and the engine adds large weights before the others: then penalties cancel without a trace.
  ///
  /// What is rounded all the same (means, their products, penalised keys) may differ in its last bits.
  ///
  /// - Parameters:
  ///   - firstTokens: the tokens that stand at the first position and nowhere else. The input `one` is 0 in them and 1 in
  ///     all others, and their embeddings must be empty.
  ///   - stopToken: the token that ends a run.
  /// - Throws: ``WeightError`` when the schedule does not fit the graph, or a token not the vocabulary.
  public init(
    of graph: ComputationGraph, scheduled schedule: Schedule, firstTokens: Set<String>, stopToken: String,
    metadata: [String: String] = [:]
  ) throws(WeightError) {
    let stream = ResidualStream(graph: graph, layout: try Self.layout(of: schedule, for: graph))
    let vocabulary = graph.tokens.map(\.text)
    guard let stop = vocabulary.firstIndex(of: stopToken) else { throw WeightError(.unknownToken(stopToken)) }
    let tokens = try TokenWeights(stream, firstTokens: firstTokens)
    let layers = try Self.layers(stream)
    do {
      try self.init(
        vocabulary: vocabulary, stopToken: stop, embedding: tokens.embedding, layers: layers, head: tokens.head,
        metadata: metadata)
    } catch {
      throw WeightError(.model(error))
    }
  }

  private static func layout(of schedule: Schedule, for graph: ComputationGraph) throws(WeightError) -> Layout {
    do { return try Layout(of: schedule, for: graph) } catch { throw WeightError(.schedule(error)) }
  }

  private static func layers(_ stream: ResidualStream) throws(WeightError) -> [TransformerLayer] {
    var halves: [(attention: AttentionWeights, feedForward: FeedForwardWeights)] = []
    for layer in 0..<stream.layout.schedule.layerCount {
      try halves.append(
        (AttentionWeights(half: 2 * layer, of: stream), FeedForwardWeights(half: 2 * layer + 1, of: stream)))
    }
    let neuronCount = halves.map(\.feedForward.neuronCount).max() ?? 0
    return try halves.map { attention, feedForward throws(WeightError) in
      let (input, output) = try feedForward.padded(to: neuronCount)
      return TransformerLayer(
        inProjection: attention.inProjection, outProjection: attention.outProjection, feedForwardIn: input,
        feedForwardOut: output, erasedAfterAttention: attention.erased, erasedAfterFeedForward: feedForward.erased,
        tieRules: attention.tieRules, headRoles: attention.headRoles)
    }
  }
}

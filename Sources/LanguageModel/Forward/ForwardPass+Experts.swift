import Foundation
import Kernels

/// The memory that a mixture of experts needs.
final class ExpertBuffers {
  let scores: Activations  // [capacity, experts]
  /// The positions once for each expert that they go through, sorted by expert.
  let input: Activations  // [capacity · active, hidden]
  let gate: Activations  // [capacity · active, intermediate]
  let up: Activations  // [capacity · active, intermediate]
  let output: Activations  // [capacity · active, hidden]

  init(_ mixture: Qwen3Configuration.MixtureOfExperts, hiddenSize: Int, capacity: Int) {
    scores = Activations(capacity: capacity, width: mixture.count)
    let rows = capacity * mixture.active
    input = Activations(capacity: rows, width: hiddenSize)
    gate = Activations(capacity: rows, width: mixture.intermediateSize)
    up = Activations(capacity: rows, width: mixture.intermediateSize)
    output = Activations(capacity: rows, width: hiddenSize)
  }
}

/// That a position goes through an expert, and how much its output counts.
private struct Assignment {
  var expert: Int
  var row: Int
  var weight: Float
}

extension ForwardPass {
  /// Sends each position through its experts; the weighted sum is the next update of the residual stream.
  func mixExperts(
    _ rows: Range<Int>, layer: Int, _ router: WeightMatrix, _ experts: [Qwen3Weights.GatedLayer]
  ) {
    guard let buffers = self.experts, let mixture = shape.experts else { return }
    compute([MatrixProduct(router, normalized, to: buffers.scores, positions: rows)], layer: layer)
    let assignments = rows.flatMap { row in route(row, buffers.scores.numbers(at: row), mixture) }
      .sorted { ($0.expert, $0.row) < ($1.expert, $1.row) }
    processor.forEachPosition(assignments.indices) { place in
      buffers.input[place].update(from: normalized[assignments[place].row], count: shape.hiddenSize)
    }
    run(assignments, layer: layer, experts, buffers)
    sum(assignments, rows, buffers)
  }

  /// The experts of one position: the most probable ones, those of lower number first among equals.
  private func route(
    _ row: Int, _ scores: [Float], _ mixture: Qwen3Configuration.MixtureOfExperts
  ) -> [Assignment] {
    let largest = scores.max() ?? 0
    let exponentials = scores.map { exp($0 - largest) }
    let total = exponentials.reduce(0, +)
    let chosen = exponentials.indices.sorted { (exponentials[$1], $0) < (exponentials[$0], $1) }
      .prefix(mixture.active)
    let probabilities = chosen.map { exponentials[$0] / total }
    let scale = mixture.normalizesProbabilities ? probabilities.reduce(0, +) : 1
    return zip(chosen, probabilities).map { Assignment(expert: $0, row: row, weight: $1 / scale) }
  }

  private func run(
    _ assignments: [Assignment], layer: Int, _ experts: [Qwen3Weights.GatedLayer], _ buffers: ExpertBuffers
  ) {
    var widening: [MatrixProduct] = []
    var narrowing: [MatrixProduct] = []
    var first = 0
    while first < assignments.count {
      let expert = assignments[first].expert
      let end = assignments[first...].firstIndex { $0.expert != expert } ?? assignments.count
      let weights = experts[expert]
      widening.append(MatrixProduct(weights.gate, buffers.input, to: buffers.gate, positions: first..<end))
      widening.append(MatrixProduct(weights.up, buffers.input, to: buffers.up, positions: first..<end))
      narrowing.append(MatrixProduct(weights.down, buffers.gate, to: buffers.output, positions: first..<end))
      first = end
    }
    compute(widening, layer: layer)
    processor.forEachPosition(assignments.indices) { place in
      processor.kernels.activate(
        shape.activation.function, gate: buffers.gate[place], up: buffers.up[place], to: buffers.gate[place],
        count: buffers.gate.width)
    }
    compute(narrowing, layer: layer)
  }

  /// Adds up each position's experts, in the order of their numbers whatever else is computed.
  private func sum(_ assignments: [Assignment], _ rows: Range<Int>, _ buffers: ExpertBuffers) {
    for row in rows { update[row].update(repeating: 0, count: shape.hiddenSize) }
    for (place, assignment) in assignments.enumerated() {
      let output = buffers.output[place]
      let total = update[assignment.row]
      for index in 0..<shape.hiddenSize { total[index] += output[index] * assignment.weight }
    }
  }
}

/// The vectors between the matrices, each with room for whole tiles of rows.
struct DenseBuffers: Sendable {
  var stream: [Double]  // [D]
  var projected: [Double]  // [3D]
  var attended: [Double]  // [D]
  var change: [Double]  // [D]
  private var gated: [Double]  // [2F]
  private var hidden: [Double]  // [F]
  private var scores: [Double]  // [V]

  init(width: Int, neurons: Int, vocabularySize: Int) {
    func vector(_ count: Int) -> [Double] { Array(repeating: 0, count: (count + 7) / 8 * 8) }
    stream = vector(width)
    projected = vector(3 * width)
    attended = vector(width)
    change = vector(width)
    gated = vector(2 * neurons)
    hidden = vector(neurons)
    scores = vector(vocabularySize)
  }

  /// Adds `change` to the residual stream, then sets the given slots to 0.
  mutating func addChange(erasing slots: [Int]) {
    for slot in stream.indices { stream[slot] += change[slot] }
    for slot in slots { stream[slot] = 0 }
  }

  mutating func feedForward(_ layer: DenseLayer) {
    layer.feedForwardIn.multiply(stream, into: &gated)
    for neuron in 0..<layer.neurons {
      hidden[neuron] = gatedUnit(gate: gated[neuron], value: gated[layer.neurons + neuron])
    }
    layer.feedForwardOut.multiply(hidden, into: &change)
    addChange(erasing: layer.erasedAfterFeedForward)
  }

  /// The token with the highest score, the lowest id among equals. A score that is not a number never wins.
  mutating func best(_ head: PackedMatrix, of vocabularySize: Int) -> Int {
    head.multiply(stream, into: &scores)
    var best = 0
    var highest = -Double.infinity
    for token in 0..<vocabularySize where scores[token] > highest {
      best = token
      highest = scores[token]
    }
    return best
  }
}

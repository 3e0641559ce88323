import Kernels
import MILI

/// How fast a model is, on a number of threads.
struct ModelBenchmark: Encodable {
  let threads: Int
  let kernels: String
  /// From opening the files to the logits after eight tokens.
  let secondsToFirstToken: Double
  let prefillTokens: Int
  let prefillTokensPerSecond: Double
  let decodeTokensPerSecond: Double
  /// Bytes of weights that a token reads.
  let bytesPerToken: Int
  /// Bytes a second that these threads read from memory when they do nothing else.
  let readBandwidth: Double
  /// What a token reads a second as a share of the reading right after it, in the median.
  let shareOfReadBandwidth: Double

  /// Measures the tokens of some passes, at least one, and reading, in turns, so that both meet the same neighbours.
  init(folder: String, threads: Int, prefillTokens: Int, passes: Int) throws {
    self.threads = threads
    self.prefillTokens = prefillTokens
    let processor = Processor(pool: ThreadPool(count: threads))
    kernels = processor.kernels.unit.rawValue
    let clock = ContinuousClock()
    let start = clock.now
    let model = try Qwen3Model(folder: folder, processor: processor)
    let vocabulary = model.configuration.vocabularySize
    let pass = ForwardPass(model, capacity: max(prefillTokens, 8))
    let cache = model.makeCache()
    func run(_ tokens: some Sequence<Int>) throws {
      _ = try pass.run([SequenceStep(tokens.map { $0 % vocabulary }, cache: cache)])
    }
    try run(0..<8)
    secondsToFirstToken = (clock.now - start) / .seconds(1)

    bytesPerToken = model.bytesPerToken
    let memory = ReadBandwidth(on: processor.pool)
    var (rates, bandwidths, shares) = ([Double](), [Double](), [Double]())
    for passNumber in 0..<passes {
      for token in 0..<8 {
        let rate = 1 / (try clock.measure { try run([passNumber + token]) } / .seconds(1))
        let bandwidth = memory.measure()
        rates.append(rate)
        bandwidths.append(bandwidth)
        shares.append(rate * Double(bytesPerToken) / bandwidth)
      }
      try cache.truncate(to: 8)
    }
    decodeTokensPerSecond = rates.max() ?? 0
    readBandwidth = bandwidths.max() ?? 0
    shareOfReadBandwidth = shares.sorted()[shares.count / 2]

    var prefill = Duration.seconds(1 << 20)
    for _ in 0..<(prefillTokens > 0 ? 2 : 0) {
      try cache.truncate(to: 0)
      prefill = min(prefill, try clock.measure { try run(0..<prefillTokens) })
    }
    prefillTokensPerSecond = Double(prefillTokens) / (prefill / .seconds(1))
  }
}

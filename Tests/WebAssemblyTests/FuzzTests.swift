import RandomNumbers
import TestSupport
import Testing
import WebAssembly

@Suite("Fuzzing")
struct FuzzTests {
  private static let inputCount = 100_000

  @Test("100,000 mutated and random inputs each end in a module or in an error with an offset")
  func mutatedAndRandom() throws {
    let seed = SplitMix64.testSeed
    print("Fuzzing the WebAssembly decoder with seed \(seed) (TVM_SEED)")
    var generator = SplitMix64(seed: seed)
    let corpus = try Self.corpus()
    var moduleCount = 0
    var kinds: Set<DecodingError.Kind> = []
    for input in 0..<Self.inputCount {
      let bytes = Self.input(input, from: corpus, using: &generator)
      do {
        let violation = try Module(decoding: bytes).firstViolation(fileSize: bytes.count)
        try #require(violation == nil, "seed \(seed), input \(input): \(violation ?? "")")
        moduleCount += 1
      } catch let error as DecodingError {
        try #require((0...bytes.count).contains(error.offset), "seed \(seed), input \(input): \(error)")
        kinds.insert(error.kind)
      }
    }
    // The inputs are worth their time only if they reach deep into the decoder, and out of it again.
    #expect(moduleCount > Self.inputCount / 100, "seed \(seed)")
    #expect(kinds.count >= DecodingError.Kind.allCases.count - 3, "seed \(seed): \(kinds)")
  }

  private static func corpus() throws -> [[UInt8]] {
    var corpus = [SampleModules.indirect, SampleModules.numbers, SampleModules.everything]
    if let folder = SpecificationSuite.folder {
      corpus += try SpecificationSuite.binaryModules(in: folder).map(\.bytes).filter { $0.count < 2_000 }
    }
    return corpus
  }

  private static func input(
    _ number: Int, from corpus: [[UInt8]], using generator: inout SplitMix64
  ) -> [UInt8] {
    switch number % 10 {
    case 0: return generator.bytes(Int.random(in: 0...64, using: &generator))
    case 1: return ModuleBytes.header + generator.bytes(Int.random(in: 0...64, using: &generator))
    case 2: return ModuleBytes.module(around: generator.bytes(Int.random(in: 0...40, using: &generator)))
    default:
      // One input in three has the first samples as its origin, however many modules the suite adds.
      var bytes = number % 3 == 0 ? generator.pick(from: Array(corpus.prefix(3))) : generator.pick(from: corpus)
      for _ in 0..<Int.random(in: 1...4, using: &generator) { mutate(&bytes, corpus, using: &generator) }
      return bytes
    }
  }

  private static func mutate(_ bytes: inout [UInt8], _ corpus: [[UInt8]], using generator: inout SplitMix64) {
    guard !bytes.isEmpty else { return bytes = generator.bytes(8) }
    let place = Int.random(in: 0..<bytes.count, using: &generator)
    let telling: [UInt8] = [0x00, 0x01, 0x05, 0x0B, 0x40, 0x7F, 0x80, 0xFC, 0xFF]
    switch Int.random(in: 0..<9, using: &generator) {
    case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
    case 2: bytes[place] = generator.pick(from: telling)
    case 3: bytes[place] = bytes[place] &+ generator.pick(from: [1, 0xFF])
    case 4: bytes.insert(generator.pick(from: telling), at: place)
    case 5: bytes.remove(at: place)
    case 6: bytes.removeSubrange(place...)
    case 7:
      let huge = ModuleBytes.unsigned(UInt64(UInt32.max) >> UInt64.random(in: 0..<32, using: &generator), width: 5)
      bytes.replaceSubrange(place..<min(bytes.count, place + 5), with: huge)
    default:
      let other = generator.pick(from: corpus)
      bytes.replaceSubrange(place..., with: other.dropFirst(min(place, other.count)))
    }
  }
}

extension Module {
  /// The first promise of the model that this module, decoded from `fileSize` bytes, does not keep.
  fileprivate func firstViolation(fileSize: Int) -> String? {
    let itemCount =
      types.count + imports.count + functions.count + tables.count + memories.count + globals.count + exports.count
      + elements.count + data.count + customSections.count
    if itemCount > fileSize { return "\(itemCount) definitions" }
    if functions.contains(where: { $0.localCount > Int(UInt32.max) }) { return "too many locals" }
    var expressions = functions.map(\.body) + globals.map(\.initialValue)
    for case .active(_, let offset) in elements.map(\.mode) { expressions.append(offset) }
    for case .active(_, let offset) in data.map(\.mode) { expressions.append(offset) }
    return expressions.lazy.compactMap { $0.firstViolation(fileSize: fileSize) }.first
  }
}

extension [Instruction] {
  fileprivate func firstViolation(fileSize: Int) -> String? {
    var depth = 1
    var lastOffset = -1
    for instruction in self {
      if depth == 0 { return "instructions after the last end" }
      if instruction.offset <= lastOffset || instruction.offset >= fileSize { return "offset \(instruction.offset)" }
      lastOffset = instruction.offset
      switch instruction.operation {
      case .block, .loop, .if: depth += 1
      case .end: depth -= 1
      default: break
      }
    }
    return depth == 0 ? nil : "\(depth) constructs without an end"
  }
}

import RandomNumbers
import TestSupport
import Testing
import WebAssembly
import WebAssemblyValidation

@Suite("Fuzzing")
struct FuzzTests {
  /// A module that decodes, and what we say of it.
  private struct Judgement {
    var bytes: [UInt8]
    var module: Module
    var error: ValidationError?
  }

  @Test("Random and mutated modules that decode each end in a judgement with an offset in the file")
  func judgements() throws {
    let seed = SplitMix64.testSeed
    var kinds: Set<ValidationError.Kind> = []
    var validCount = 0
    let judgements = try Self.judgements(of: 40_000, seed: seed)
    for (number, judgement) in judgements.enumerated() {
      guard let error = judgement.error else {
        validCount += 1
        continue
      }
      kinds.insert(error.kind)
      try #require(judgement.bytes.indices.contains(error.offset), "seed \(seed), module \(number): \(error)")
    }
    // The modules are worth their time only if they are many, valid and invalid, in many ways.
    #expect(judgements.count > 10_000, "seed \(seed)")
    #expect(validCount > judgements.count / 10 && validCount < judgements.count * 9 / 10, "seed \(seed): \(validCount)")
    #expect(kinds.count >= 15, "seed \(seed): \(kinds)")
  }

  @Test("node judges alike", .enabled(if: NodeValidator.path != nil, "\(NodeValidator.absence)"))
  func comparison() throws {
    let node = try #require(NodeValidator.path)
    let seed = SplitMix64.testSeed &+ 1
    let judgements = try Self.judgements(of: 20_000, seed: seed)
    let others = try NodeValidator.judgements(of: judgements.map(\.bytes), node: node)
    try #require(others.count == judgements.count)
    var comparedCounts = (valid: 0, invalid: 0)
    for (judgement, refusal) in zip(judgements, others) {
      if let error = judgement.error {
        guard !error.isRelaxedLater(in: judgement.module) else { continue }
        #expect(!refusal.isEmpty, "seed \(seed): node accepts \(judgement.bytes), we say \(error)")
        comparedCounts.invalid += 1
      } else {
        // node has limits of its own, such as on the number of locals.
        guard !refusal.contains("limit"), !refusal.contains("too large") else { continue }
        #expect(refusal.isEmpty, "seed \(seed): we accept \(judgement.bytes), node says \(refusal)")
        comparedCounts.valid += 1
      }
    }
    print("Fuzzing: node judged \(comparedCounts.valid) valid and \(comparedCounts.invalid) invalid modules as we do")
    #expect(comparedCounts.valid > 1_000 && comparedCounts.invalid > 1_000, "seed \(seed): \(comparedCounts)")
  }

  /// Judges `count` random modules, half of them mutated, as far as they decode.
  private static func judgements(of count: Int, seed: UInt64) throws -> [Judgement] {
    var generator = SplitMix64(seed: seed)
    var modules = RandomModule(seed: generator.next())
    var corpus: [[UInt8]] = []
    if let folder = SpecificationSuite.folder {
      corpus = try SpecificationSuite.binaryModules(in: folder).map(\.bytes).filter { $0.count < 1_000 }
    }
    return (0..<count).compactMap { number in
      var bytes = number % 4 == 3 && !corpus.isEmpty ? generator.pick(from: corpus) : modules.next()
      if number % 2 == 1 { mutate(&bytes, using: &generator) }
      guard let module = try? Module(decoding: bytes) else { return nil }
      return Judgement(bytes: bytes, module: module, error: validationError(module))
    }
  }

  /// Changes one to three bytes behind the header.
  private static func mutate(_ bytes: inout [UInt8], using generator: inout SplitMix64) {
    guard bytes.count > 8 else { return }
    let telling: [UInt8] = [0x00, 0x01, 0x02, 0x03, 0x0B, 0x0C, 0x1A, 0x20, 0x40, 0x41, 0x7C, 0x7D, 0x7E, 0x7F]
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let place = Int.random(in: 8..<bytes.count, using: &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: bytes[place] = generator.pick(from: telling)
      case 1: bytes[place] = bytes[place] &+ generator.pick(from: [1, 0xFF])
      default: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      }
    }
  }
}

extension ValidationError {
  /// Whether later versions of the specification do not have the rule that `module` breaks: they allow several tables,
  /// other constant expressions, and labels of one `br_table` that differ in unreachable code.
  fileprivate func isRelaxedLater(in module: Module) -> Bool {
    switch kind {
    case .multipleTables, .constantExpression: return true
    case .unknownGlobal: return function == nil
    case .typeMismatch:
      return module.functions.contains { function in
        function.body.contains {
          guard case .brTable = $0.operation else { return false }
          return $0.offset == offset
        }
      }
    default: return false
    }
  }
}

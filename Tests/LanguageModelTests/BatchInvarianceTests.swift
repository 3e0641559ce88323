import Kernels
import LanguageModel
import Testing

/// A position's logits have the same bits however the tokens are cut into passes and whatever is computed beside them.
@Suite struct BatchInvarianceTests {
  private func bits(_ rows: Activations) -> [[UInt32]] {
    (0..<rows.capacity).map { rows.numbers(at: $0).map(\.bitPattern) }
  }

  @Test(arguments: Fixture.names, [false, true])
  func anyCutGivesTheSameBits(name: String, isQuantized: Bool) throws {
    let fixture = try Fixture(name)
    try withTemporaryFolder { folder in
      if isQuantized { try CheckpointQuantizer.quantize(folder: fixture.folder, to: folder) }
      let model = try Qwen3Model(folder: isQuantized ? folder : fixture.folder, processor: testProcessor())
      let pass = ForwardPass(model)
      let whole = bits(try pass.run([SequenceStep(fixture.ids, cache: model.makeCache(), logits: .all)]))
      for size in [1, 2, 3, 7, 16, 17] {
        let cache = model.makeCache()
        var found: [[UInt32]] = []
        for first in stride(from: 0, to: fixture.ids.count, by: size) {
          let part = Array(fixture.ids[first..<min(first + size, fixture.ids.count)])
          found += bits(try pass.run([SequenceStep(part, cache: cache, logits: .all)]))
        }
        #expect(found == whole, "\(name) in pieces of \(size)")
      }
    }
  }

  @Test(arguments: Fixture.names)
  func sequencesInOnePassDoNotTouchEachOther(name: String) throws {
    let fixture = try Fixture(name)
    let model = try Qwen3Model(folder: fixture.folder, processor: testProcessor())
    let pass = ForwardPass(model)
    let sequences = [Array(fixture.ids[0..<11]), Array(fixture.ids[11..<12]), Array(fixture.ids[12..<37])]
    let alone = try sequences.flatMap {
      bits(try pass.run([SequenceStep($0, cache: model.makeCache(), logits: .all)]))
    }
    let caches = sequences.map { _ in model.makeCache() }
    let steps = zip(sequences, caches).map { SequenceStep($0, cache: $1, logits: .all) }
    #expect(bits(try pass.run(steps)) == alone, "\(name)")

    // Then one token of each at once, as a server decodes.
    let next = zip(caches, [3, 1, 2]).map { SequenceStep([$1], cache: $0) }
    let together = bits(try pass.run(next))
    for (number, (sequence, token)) in zip(sequences, [3, 1, 2]).enumerated() {
      let single = try pass.run([SequenceStep(sequence + [token], cache: model.makeCache())])
      #expect(bits(single)[0] == together[number], "\(name), sequence \(number)")
    }
  }

  @Test(arguments: Fixture.names)
  func aCutCacheComputesAsIfTheRestHadNeverBeen(name: String) throws {
    let fixture = try Fixture(name)
    let model = try Qwen3Model(folder: fixture.folder, processor: testProcessor())
    let pass = ForwardPass(model)
    let cache = model.makeCache()
    _ = try pass.run([SequenceStep(Array(fixture.ids.prefix(30)), cache: cache)])
    for count in [29, 17, 16, 3, 0] {
      try cache.truncate(to: count)
      #expect(cache.count == count)
      let rest = Array(fixture.ids[count...])
      let found = bits(try pass.run([SequenceStep(rest, cache: cache)]))
      let whole = bits(try pass.run([SequenceStep(fixture.ids, cache: model.makeCache())]))
      #expect(found == whole, "\(name) cut to \(count)")
    }
  }

  @Test func unitsAndThreadsGiveTheSameBits() throws {
    let fixture = try Fixture("mixture")
    let results = try (VectorUnit.available.map { ($0, 2) } + [(.plain, 1), (.plain, 5)]).map { unit, threads in
      let processor = Processor(kernels: Kernels(unit) ?? .plain, pool: ThreadPool(count: threads))
      let model = try Qwen3Model(folder: fixture.folder, processor: processor)
      return bits(try ForwardPass(model).run([SequenceStep(fixture.ids, cache: model.makeCache(), logits: .all)]))
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }
}

import Kernels
import LanguageModel
import PagedCache
import Testing

/// Keys and values in pages give the bits of those in memory of their own.
@Suite struct PagedAttentionTests {
  private func bits(_ rows: Activations) -> [[UInt32]] {
    (0..<rows.capacity).map { rows.numbers(at: $0).map(\.bitPattern) }
  }

  @Test(arguments: Fixture.names, [16, 32])
  func sequencesThatSharePagesGiveTheBitsOfThoseAlone(name: String, pageSize: Int) throws {
    let fixture = try Fixture(name)
    let model = try Qwen3Model(folder: fixture.folder, processor: testProcessor())
    let pass = ForwardPass(model)
    let one = Array(fixture.ids.prefix(37))
    let other = Array(one.prefix(32) + one.reversed().prefix(5))
    let alone = try [one, other].map {
      bits(try pass.run([SequenceStep($0, cache: model.makeCache(), logits: .all)]))
    }

    let memory = try KeyValuePages(KeyValueLayout(model.configuration), pageSize: pageSize, pageCount: 7)
    // Page numbers in no order; the first 32 tokens are computed once.
    let shared = pageSize == 16 ? [PageID(5), PageID(2)] : [PageID(5)]
    let first = PagedKeyValueStorage(memory, pages: shared, count: 0)
    var found = bits(try pass.run([SequenceStep(Array(one.prefix(32)), cache: first, logits: .all)]))
    #expect(found == Array(alone[0].prefix(32)), "\(name), \(pageSize)")
    let both = [(one, PageID(6)), (other, PageID(0))].map { tokens, page in
      let storage = PagedKeyValueStorage(memory, pages: shared + [page], count: 32)
      return SequenceStep(Array(tokens.dropFirst(32)), cache: storage, logits: .all)
    }
    found = bits(try pass.run(both))
    #expect(found == Array(alone[0].dropFirst(32) + alone[1].dropFirst(32)), "\(name), \(pageSize)")
    #expect(both.map(\.cache.count) == [37, 37])
  }

  @Test(arguments: [KeyValuePrecision.bfloat16, .int8])
  func roundedPagesGiveTheSameBitsInAnyBatchAndNearlyTheSameLogits(precision: KeyValuePrecision) throws {
    for name in Fixture.names {
      let fixture = try Fixture(name)
      let model = try Qwen3Model(folder: fixture.folder, processor: testProcessor())
      let pass = ForwardPass(model)
      let ids = Array(fixture.ids.prefix(37))
      let memory = try KeyValuePages(KeyValueLayout(model.configuration, precision), pageSize: 16, pageCount: 8)
      let whole = PagedKeyValueStorage(memory, pages: [PageID(1), PageID(3), PageID(5)], count: 0)
      let logits = try pass.run([SequenceStep(ids, cache: whole, logits: .all)])
      let (alone, found) = (bits(logits), (0..<37).flatMap { logits.numbers(at: $0) })

      // Again in pieces, behind two shared pages, and with a third page copied.
      let pieces = PagedKeyValueStorage(memory, pages: [PageID(0), PageID(2), PageID(4)], count: 0)
      var again: [[UInt32]] = []
      for range in [0..<5, 5..<32, 32..<34] {
        again += bits(try pass.run([SequenceStep(Array(ids[range]), cache: pieces, logits: .all)]))
      }
      memory.copy(PageCopy(from: PageID(4), to: PageID(6), tokenCount: 2))
      let rest = [PageID(4), PageID(6)].map { page in
        PagedKeyValueStorage(memory, pages: [PageID(0), PageID(2), page], count: 34)
      }
      let both = bits(try pass.run(rest.map { SequenceStep(Array(ids[34...]), cache: $0, logits: .all) }))
      #expect(again + both.prefix(3) == alone, "\(name)")
      #expect(Array(both.suffix(3)) == Array(alone.suffix(3)), "\(name)")

      let exact = fixture.logits.prefix(found.count)
      let difference = relativeDifference(found, exact)
      #expect(difference < (precision == .int8 ? 0.02 : 0.01) && difference > 1e-5, "\(name): \(difference)")
    }
  }

  @Test func aCopiedBeginningGivesTheSameBits() throws {
    let fixture = try Fixture("tied")
    let model = try Qwen3Model(folder: fixture.folder, processor: testProcessor())
    let pass = ForwardPass(model)
    let memory = try KeyValuePages(KeyValueLayout(model.configuration), pageSize: 32, pageCount: 2)
    let ids = Array(fixture.ids.prefix(30))
    let whole = bits(try pass.run([SequenceStep(ids, cache: model.makeCache(), logits: .all)]))
    let original = PagedKeyValueStorage(memory, pages: [PageID(0)], count: 0)
    _ = try pass.run([SequenceStep(ids, cache: original)])
    for count in [1, 15, 16, 17, 29] {
      memory.copy(PageCopy(from: PageID(0), to: PageID(1), tokenCount: count))
      let copy = PagedKeyValueStorage(memory, pages: [PageID(1)], count: count)
      let rest = bits(try pass.run([SequenceStep(Array(ids[count...]), cache: copy, logits: .all)]))
      #expect(rest == Array(whole[count...]), "\(count) tokens copied")
    }
  }

  @Test func whatHasNoRoomIsRefused() throws {
    let fixture = try Fixture("tied")
    let model = try Qwen3Model(folder: fixture.folder, processor: testProcessor())
    let layout = KeyValueLayout(model.configuration)
    for (pageSize, pageCount) in [(0, 1), (15, 1), (8, 1), (16, 0), (-16, 1), (16, 1 << 50)] {
      #expect(throws: LanguageModelError.self) {
        try KeyValuePages(layout, pageSize: pageSize, pageCount: pageCount)
      }
    }
    let memory = try KeyValuePages(layout, pageSize: 16, pageCount: 1)
    let storage = PagedKeyValueStorage(memory, pages: [PageID(0)], count: 0)
    #expect(throws: LanguageModelError.self) {
      try ForwardPass(model).run([SequenceStep(Array(fixture.ids.prefix(17)), cache: storage)])
    }
    #expect(storage.count == 0)
  }
}

import MemoryImage
import Testing

@Suite struct LargePagesTests {
  @Test(arguments: [1, 1000, (4 << 20) / 8 - 1, (4 << 20) / 8, (9 << 20) / 8 + 3])
  func allOfItCanBeWrittenAndRead(count: Int) {
    let memory = LargePages.allocate(Int.self, capacity: count)
    defer { memory.deallocate() }
    for number in 0..<count { (memory + number).initialize(to: number) }
    #expect((0..<count).allSatisfy { memory[$0] == $0 })
  }
}

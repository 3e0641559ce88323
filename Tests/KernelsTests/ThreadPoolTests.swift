import Foundation
import Kernels
import Synchronization
import Testing

/// A sum that several threads add to.
private final class Counter: Sendable {
  private let sum = Atomic<Int>(0)

  var value: Int { sum.load(ordering: .relaxed) }

  func add(_ number: Int) { sum.add(number, ordering: .relaxed) }
}

@Suite struct ThreadPoolTests {
  @Test(arguments: [1, 2, 3, 7])
  func everyPieceRunsOnce(threads: Int) {
    let pool = ThreadPool(count: threads)
    for pieces in [0, 1, 2, 3, 17, 1000, 70_000] {
      let counts = UnsafeMutablePointer<Int>.allocate(capacity: max(pieces, 1))
      defer { counts.deallocate() }
      counts.initialize(repeating: 0, count: max(pieces, 1))
      pool.forEach(pieces) { counts[$0] += 1 }
      #expect((0..<pieces).allSatisfy { counts[$0] == 1 }, "\(pieces) pieces on \(threads) threads")
    }
  }

  @Test func manyShortJobsFollowEachOther() {
    let pool = ThreadPool(count: 4)
    let sum = Counter()
    for job in 0..<20_000 {
      pool.forEach(job % 5) { sum.add($0 + 1) }
      if job % 4000 == 0 { Thread.sleep(forTimeInterval: 0.005) }
    }
    let expected = (0..<20_000).reduce(0) { total, job in total + (job % 5) * (job % 5 + 1) / 2 }
    #expect(sum.value == expected)
  }

  @Test func callersOnSeveralThreadsTakeTurns() async {
    let pool = ThreadPool(count: 3)
    let sum = Counter()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<500 { pool.forEach(3) { sum.add($0) } }
        }
      }
    }
    #expect(sum.value == 4 * 500 * 3)
  }

  @Test func aPoolEndsWithItsLastReference() {
    for _ in 0..<50 {
      let pool = ThreadPool(count: 3)
      pool.forEach(3) { _ in }
    }
  }
}

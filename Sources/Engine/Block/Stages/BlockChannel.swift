import Foundation

/// Batches of blocks on their way from one stage to the next: a ring of places that are filled and emptied in turn.
///
/// It is unchecked for `Sendable` because its condition guards everything but the places, each of which belongs to one side at a time.
final class BlockChannel: @unchecked Sendable {
  /// The number of blocks in a batch: so many that waiting costs little, and so few that they stay in the cache.
  static let batchLength = 16
  private static let placeCount = 4

  /// How many rows are handed over at most.
  private let rowCount: Int
  private let memory: UnsafeMutablePointer<Double>  // [places, batch, rows, width]
  private let condition = NSCondition()
  private var filled = 0
  private var emptied = 0
  private var isStopped = false

  init(rowCount: Int) {
    self.rowCount = rowCount
    memory = .allocate(capacity: Self.placeCount * Self.batchLength * rowCount * BlockRows.width)
    memory.initialize(repeating: 0, count: Self.placeCount * Self.batchLength * rowCount * BlockRows.width)
  }

  deinit {
    memory.deallocate()
  }

  /// Where a block of a batch is handed over.
  func transfer(batch: Int, block: Int) -> RowTransfer {
    let number = batch % Self.placeCount * Self.batchLength + block
    return RowTransfer(place: memory + number * rowCount * BlockRows.width)
  }

  /// Waits for the place of a batch to be empty; false when there is nothing more to do.
  func waitUntilEmpty(_ batch: Int) -> Bool {
    condition.withLock {
      while !isStopped, batch >= emptied + Self.placeCount { condition.wait() }
      return !isStopped
    }
  }

  /// Waits for a batch; false when there is nothing more to do.
  func waitUntilFilled(_ batch: Int) -> Bool {
    condition.withLock {
      while !isStopped, batch >= filled { condition.wait() }
      return batch < filled
    }
  }

  /// Hands a batch over.
  func fill() {
    condition.withLock {
      filled += 1
      condition.signal()
    }
  }

  /// Gives the place of a batch back.
  func empty() {
    condition.withLock {
      emptied += 1
      condition.signal()
    }
  }

  /// Lets nobody wait any longer.
  func stop() {
    condition.withLock {
      isStopped = true
      condition.broadcast()
    }
  }
}

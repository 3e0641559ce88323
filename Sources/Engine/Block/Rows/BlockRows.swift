/// The numbers of a block: a row for each register that is in use, with a lane for each position.
///
/// It is unchecked for `Sendable` because only one thread at a time computes on it.
final class BlockRows: @unchecked Sendable {
  /// The number of positions that are computed together.
  static let width = 32
  /// Lanes that are computed by one operation.
  typealias Lanes = SIMD8<Double>

  /// What vectors of any processor's width can be loaded from.
  private static let alignment = 64
  /// How many bytes lie between a row and the next.
  private static let stride = width * MemoryLayout<Double>.stride

  private let memory: UnsafeMutableRawPointer  // [rows, width]
  private let rowCount: Int

  /// Rows of zeros.
  init(rowCount: Int) {
    memory = .allocate(byteCount: rowCount * Self.stride, alignment: Self.alignment)
    memory.initializeMemory(as: Double.self, repeating: 0, count: rowCount * Self.width)
    self.rowCount = rowCount
  }

  deinit {
    memory.deallocate()
  }

  /// The rows in place, for the duration of a block.
  var handle: Handle { Handle(memory: memory, rowCount: rowCount) }

  /// Parts of so many rows each, in place: one part for each block.
  func handle(part: Int, rowCount: Int) -> Handle {
    assert(part >= 0 && (part + 1) * rowCount <= self.rowCount)
    return Handle(memory: memory + part &* rowCount &* Self.stride, rowCount: rowCount)
  }

  /// The rows in place. A row is named by its number, and lanes lie within `width`.
  ///
  /// Overflow is not looked for: a program's rows are within bounds when it is made, and these are the inner loops.
  struct Handle {
    fileprivate let memory: UnsafeMutableRawPointer
    fileprivate let rowCount: Int

    /// The lanes of a row.
    @inline(__always)
    subscript(row: Int) -> UnsafeMutablePointer<Double> {
      assert(row >= 0 && row < rowCount)
      return (memory + row &* stride).assumingMemoryBound(to: Double.self)
    }

    /// The lanes of one group of a row.
    @inline(__always)
    subscript(row: Int, group group: Int) -> Lanes {
      get { place(row, group).load(as: Lanes.self) }
      nonmutating set { place(row, group).storeBytes(of: newValue, as: Lanes.self) }
    }

    /// Two rows at one lane.
    @inline(__always)
    func pair(_ rows: (x: Int, y: Int), _ lane: Int) -> SIMD2<Double> {
      SIMD2(self[rows.x][lane], self[rows.y][lane])
    }

    /// Writes two rows, where they are wanted, at one lane.
    @inline(__always)
    func put(_ pair: SIMD2<Double>, _ rows: (x: Int?, y: Int?), _ lane: Int) {
      if let row = rows.x { self[row][lane] = pair.x }
      if let row = rows.y { self[row][lane] = pair.y }
    }

    @inline(__always)
    private func place(_ row: Int, _ group: Int) -> UnsafeMutableRawPointer {
      assert(row >= 0 && row < rowCount && group >= 0 && group < width / Lanes.scalarCount)
      return memory + (row &* stride &+ group &* MemoryLayout<Lanes>.stride)
    }
  }
}

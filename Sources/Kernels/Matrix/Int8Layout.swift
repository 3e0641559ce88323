/// Where the numbers of an int8 matrix lie: sixteen rows side by side, 32 columns to a block.
///
/// Values are [groups][blocks][8][16][4] and scales, in bf16, [groups][blocks][16]: a group is sixteen rows, a block 32
/// columns, and four columns of a row are neighbours, which is what the dot-product instructions of every processor take. Rows
/// and columns that the matrix does not have are zero. A weight is its value times its scale.
package struct Int8Layout: Sendable {
  /// Rows of a group.
  package static let groupSize = 16
  /// Columns of a block.
  package static let blockSize = 32

  package let groups: Int
  package let blocks: Int

  /// The layout of a matrix.
  package init(rows: Int, columns: Int) {
    groups = (rows + Self.groupSize - 1) / Self.groupSize
    blocks = (columns + Self.blockSize - 1) / Self.blockSize
  }

  /// Values, the padding included.
  package var valueCount: Int { groups * blocks * Self.groupSize * Self.blockSize }
  /// Scales, the padding included.
  package var scaleCount: Int { groups * blocks * Self.groupSize }
  /// Bytes of values and scales.
  package var byteCount: Int { valueCount + scaleCount * 2 }

  /// The index of a weight's value.
  package func valueIndex(row: Int, column: Int) -> Int {
    let block = row / Self.groupSize * blocks + column / Self.blockSize
    let step = block * 8 + column % Self.blockSize / 4
    return (step * Self.groupSize + row % Self.groupSize) * 4 + column % 4
  }

  /// The index of a weight's scale.
  package func scaleIndex(row: Int, column: Int) -> Int {
    (row / Self.groupSize * blocks + column / Self.blockSize) * Self.groupSize + row % Self.groupSize
  }
}

extension Int8Layout {
  /// The shape of the values as a tensor.
  package var valueShape: [Int] { [groups, blocks, 8, Self.groupSize, 4] }
  /// The shape of the scales as a tensor.
  package var scaleShape: [Int] { [groups, blocks, Self.groupSize] }
}

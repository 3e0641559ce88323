/// A weight matrix where it lies in memory, usually inside a mapped file.
package struct WeightMatrix: @unchecked Sendable {
  /// How the numbers are stored.
  package enum Storage {
    /// [rows][columns] binary32.
    case float32(UnsafeRawPointer)
    /// [rows][columns] bf16.
    case bfloat16(UnsafeRawPointer)
    /// [rows][columns] binary16.
    case float16(UnsafeRawPointer)
    /// Blocks of int8 with bf16 scales; see `Int8Layout`.
    case int8(values: UnsafePointer<Int8>, scales: UnsafePointer<UInt16>)
  }

  package let storage: Storage
  /// Outputs.
  package let rows: Int
  /// Inputs.
  package let columns: Int
  /// What the memory belongs to.
  private let owner: AnyObject

  /// A matrix over memory that the owner keeps alive and that nobody changes.
  package init(_ storage: Storage, rows: Int, columns: Int, owner: AnyObject) {
    precondition(rows >= 0 && columns >= 0)
    self.storage = storage
    self.rows = rows
    self.columns = columns
    self.owner = owner
  }

  /// The bytes that a product with the whole matrix reads.
  package var byteCount: Int {
    switch storage {
    case .float32: rows * columns * 4
    case .bfloat16, .float16: rows * columns * 2
    case .int8: Int8Layout(rows: rows, columns: columns).byteCount
    }
  }

  /// Whether a product needs its activations rounded to integers.
  var takesIntegers: Bool {
    if case .int8 = storage { true } else { false }
  }

  /// Writes one row as binary32.
  package func copyRow(_ row: Int, to output: UnsafeMutablePointer<Float>) {
    precondition(row >= 0 && row < rows, "a row outside the matrix")
    switch storage {
    case .float32(let bytes): copyRow(row, of: Float.self, bytes, to: output)
    case .bfloat16(let bytes): copyRow(row, of: BFloat16Bits.self, bytes, to: output)
    case .float16(let bytes): copyRow(row, of: Float16Bits.self, bytes, to: output)
    case .int8(let values, let scales):
      let layout = Int8Layout(rows: rows, columns: columns)
      for column in 0..<columns {
        let scale = BFloat16Bits.float(scales[layout.scaleIndex(row: row, column: column)])
        output[column] = Float(values[layout.valueIndex(row: row, column: column)]) * scale
      }
    }
  }

  private func copyRow<Element: StoredElement>(
    _ row: Int, of type: Element.Type, _ bytes: UnsafeRawPointer, to output: UnsafeMutablePointer<Float>
  ) {
    let start = bytes + row * columns * Element.byteCount
    PlainKernels.forEachLanes(columns) { column, count in
      Element.lanes(at: start + column * Element.byteCount, count: count).store(to: output + column, count: count)
    }
  }
}

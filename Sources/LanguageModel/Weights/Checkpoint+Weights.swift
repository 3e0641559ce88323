package import Kernels

extension Checkpoint {
  private static let floats: [TensorElement] = [.float32, .bfloat16, .float16]

  /// A matrix of the shape [rows, columns], left where it is in the file; int8 if the checkpoint has its scales.
  package func matrix(_ name: String, rows: Int, columns: Int) throws(LanguageModelError) -> WeightMatrix {
    let scalesName = "\(name)_scale"
    if contains(scalesName) { return try int8Matrix(name, scalesName, rows: rows, columns: columns) }
    let tensor = try tensor(name)
    let element = try tensor.check(shape: [rows, columns], types: Self.floats)
    return WeightMatrix(try tensor.storage(element), rows: rows, columns: columns, owner: tensor.file.owner)
  }

  private func int8Matrix(
    _ name: String, _ scalesName: String, rows: Int, columns: Int
  ) throws(LanguageModelError) -> WeightMatrix {
    let layout = Int8Layout(rows: rows, columns: columns)
    let values = try tensor(name)
    _ = try values.check(shape: layout.valueShape, types: [.int8])
    let scales = try tensor(scalesName)
    _ = try scales.check(shape: layout.scaleShape, types: [.bfloat16])
    let scalesStart = try scales.start()
    guard Int(bitPattern: scalesStart) % 2 == 0 else {
      throw LanguageModelError(.malformed, file: scales.file.path, "\(scalesName) begins at an odd byte")
    }
    return WeightMatrix(
      .int8(
        values: try values.start().assumingMemoryBound(to: Int8.self),
        scales: scalesStart.assumingMemoryBound(to: UInt16.self)),
      rows: rows, columns: columns, owner: FilePair(values.file.owner, scales.file.owner))
  }

  /// A vector as binary32.
  package func vector(_ name: String, count: Int) throws(LanguageModelError) -> FloatBuffer {
    let tensor = try tensor(name)
    let element = try tensor.check(shape: [count], types: Self.floats)
    let vector = FloatBuffer(count: count)
    WeightMatrix(try tensor.storage(element), rows: 1, columns: count, owner: tensor.file.owner).copyRow(
      0, to: vector.start)
    return vector
  }
}

extension CheckpointTensor {
  /// The tensor's floats for a matrix.
  fileprivate func storage(_ element: TensorElement) throws(LanguageModelError) -> WeightMatrix.Storage {
    let start = try start()
    return switch element {
    case .float32: .float32(start)
    case .bfloat16: .bfloat16(start)
    default: .float16(start)
    }
  }

  /// The address of the first byte of a tensor that is not empty.
  fileprivate func start() throws(LanguageModelError) -> UnsafeRawPointer {
    guard let start = bytes.baseAddress, !bytes.isEmpty else {
      throw LanguageModelError(.wrongShape, file: file.path, "\(name) is empty")
    }
    return start
  }
}

/// Two owners as one.
private final class FilePair {
  private let first: AnyObject
  private let second: AnyObject

  init(_ first: AnyObject, _ second: AnyObject) {
    (self.first, self.second) = (first, second)
  }
}

extension TransformerModel {
  /// The bytes of a safetensors file that holds this model.
  ///
  /// The configuration travels in the file's own metadata too, so the file alone suffices to read the model again,
  /// wherever it is moved. Equal models give equal bytes on every machine.
  public func safetensorsBytes() -> [UInt8] {
    let tensors = namedTensors
    var members: [(name: String, value: JSONText)] = [
      (
        "__metadata__",
        .object([("configuration", .string(ModelConfiguration(self).json.compact)), ("format", .string("pt"))])
      )
    ]
    var offset = 0
    for (name, matrix) in tensors {
      let end = offset + 8 * matrix.elements.count
      members.append(
        (
          name,
          .object([
            ("dtype", .string("F64")),
            ("shape", .array([.integer(matrix.rows), .integer(matrix.columns)])),
            ("data_offsets", .array([.integer(offset), .integer(end)])),
          ])
        ))
      offset = end
    }
    var header = Array(JSONText.object(members).compact.utf8)
    // Spaces after the header are part of the format; they align the numbers to eight bytes.
    header.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - header.count % 8) % 8))
    var bytes: [UInt8] = []
    bytes.append(uint64: UInt64(header.count))
    bytes.append(contentsOf: header)
    for (_, matrix) in tensors { bytes.append(matrix) }
    return bytes
  }

  /// The bytes of the `config.json` that belongs beside the safetensors file.
  public func configurationBytes() -> [UInt8] {
    Array(ModelConfiguration(self).json.readable.utf8)
  }

  private var namedTensors: [(name: String, matrix: Matrix)] {
    var tensors = [(name: TensorNames.embedding, matrix: embedding)]
    for (index, layer) in layers.enumerated() {
      tensors.append((TensorNames.inProjection(index), layer.inProjection))
      tensors.append((TensorNames.outProjection(index), layer.outProjection))
      tensors.append((TensorNames.feedForwardIn(index), layer.feedForwardIn))
      tensors.append((TensorNames.feedForwardOut(index), layer.feedForwardOut))
    }
    tensors.append((TensorNames.head, head))
    return tensors
  }
}

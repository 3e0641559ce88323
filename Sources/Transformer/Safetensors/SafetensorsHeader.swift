/// The table of contents of a safetensors file: a length of eight bytes, a JSON object, then the tensors without gaps.
struct SafetensorsHeader {
  /// Where a tensor lies and what it is.
  struct Tensor {
    let type: String
    let shape: [Int]
    /// Offsets in the file, not in the data that follow the header.
    let bytes: Range<Int>
    /// The offset of the tensor's description in the file.
    let offset: Int
  }

  private(set) var tensors: [String: Tensor] = [:]
  /// The free entries under `__metadata__`.
  private(set) var metadata: [String: JSONNode] = [:]

  /// The longest header that is accepted; the format's own limit.
  private static let maximumLength = 100_000_000

  /// Reads and checks the header of a whole file.
  init(_ bytes: [UInt8]) throws(TransformerError) {
    var reader = ByteReader(bytes)
    let length = try reader.readUInt64("header length")
    guard length <= Self.maximumLength else {
      throw TransformerError(
        .oversized, "header length: expected at most \(Self.maximumLength) bytes, found \(length)", byte: 0)
    }
    try reader.require(Int(length), of: 1, "header")
    let dataStart = 8 + Int(length)
    let root = try JSONParser.parse(bytes, in: 8..<dataStart)
    for (name, node) in try root.members("header") {
      if name == "__metadata__" {
        metadata = try node.members("__metadata__")
      } else {
        tensors[name] = try Tensor(name, node, dataStart: dataStart, fileEnd: bytes.count)
      }
    }
    try requireNoGaps(from: dataStart, to: bytes.count)
  }

  private func requireNoGaps(from start: Int, to end: Int) throws(TransformerError) {
    var next = start
    let inOrder = tensors.sorted { ($0.value.bytes.lowerBound, $0.key) < ($1.value.bytes.lowerBound, $1.key) }
    for (name, tensor) in inOrder where !tensor.bytes.isEmpty {
      guard tensor.bytes.lowerBound == next else {
        throw TransformerError(
          .inconsistent, "\(name): expected data from offset \(next - start), found \(tensor.bytes.lowerBound - start)",
          byte: tensor.offset)
      }
      next = tensor.bytes.upperBound
    }
    guard next == end else {
      throw TransformerError(.oversized, "expected the end of the file, found \(end - next) more bytes", byte: next)
    }
  }

  /// Reads a matrix of binary64 numbers.
  func matrix(_ name: String, rows: Int, columns: Int, in bytes: [UInt8]) throws(TransformerError) -> Matrix {
    guard let tensor = tensors[name] else {
      throw TransformerError(.malformed, "expected a tensor \(name)", byte: 8)
    }
    guard tensor.type == "F64" else {
      throw TransformerError(.malformed, "\(name): expected dtype F64, found \(tensor.type)", byte: tensor.offset)
    }
    guard tensor.shape == [rows, columns] else {
      throw TransformerError(
        .inconsistent, "\(name): expected shape [\(rows), \(columns)], found \(tensor.shape)", byte: tensor.offset)
    }
    var reader = ByteReader(bytes, at: tensor.bytes.lowerBound)
    return try reader.readMatrix(rows: rows, columns: columns, name)
  }
}

extension SafetensorsHeader.Tensor {
  private static let elementSizes = [
    "BOOL": 1, "U8": 1, "I8": 1, "I16": 2, "U16": 2, "F16": 2, "BF16": 2, "I32": 4, "U32": 4, "F32": 4, "F64": 8,
    "I64": 8, "U64": 8,
  ]

  /// Reads one entry of the header and checks that its bytes exist and are as many as its shape needs.
  init(_ name: String, _ node: JSONNode, dataStart: Int, fileEnd: Int) throws(TransformerError) {
    type = try node.member("dtype", of: name).text("dtype of \(name)")
    offset = node.offset
    var sides: [Int] = []
    for side in try node.member("shape", of: name).elements("shape of \(name)") {
      sides.append(try side.integer("shape of \(name)", in: 0...Int.max))
    }
    shape = sides
    let limits = try node.member("data_offsets", of: name).elements("data_offsets of \(name)")
    let dataEnd = fileEnd - dataStart
    guard limits.count == 2, let first = limits.first, let last = limits.last else {
      throw TransformerError(.malformed, "data_offsets of \(name): expected two numbers", byte: node.offset)
    }
    let lower = try first.integer("data_offsets of \(name)", in: 0...dataEnd)
    let upper = try last.integer("data_offsets of \(name)", in: lower...dataEnd)
    bytes = dataStart + lower..<dataStart + upper
    guard let size = Self.elementSizes[type] else {
      throw TransformerError(.malformed, "\(name): expected a known dtype, found \(type)", byte: node.offset)
    }
    guard let needed = Self.product(sides + [size]), needed == upper - lower else {
      throw TransformerError(
        .inconsistent, "\(name): expected as many bytes as the shape \(sides) needs, found \(upper - lower)",
        byte: node.offset)
    }
  }

  /// The product of numbers that are not negative, or nil when it cannot be counted.
  private static func product(_ factors: [Int]) -> Int? {
    if factors.contains(0) { return 0 }
    var product = 1
    for factor in factors {
      let (next, overflow) = product.multipliedReportingOverflow(by: factor)
      if overflow { return nil }
      product = next
    }
    return product
  }
}

import ChatTemplate

/// The header of a safetensors file: a JSON object with a type, a shape and a place for each tensor.
struct SafetensorsHeader {
  /// What is said of each tensor, by name.
  private(set) var tensors: [String: TensorDescription] = [:]
  private var reader: JSONReader

  /// Reads a header.
  ///
  /// - Throws: when it is no such object, or has a name twice, or `__metadata__` that is no object of strings.
  init(_ bytes: [UInt8]) throws(JSONError) {
    reader = JSONReader(bytes)
    guard bytes.first == UInt8(ascii: "{") else { throw reader.error(.unexpected, "expected '{' as the first byte") }
    var hasMetadata = false
    try reader.beginObject()
    while let name = try reader.nextKey() {
      let isMetadata = name == "__metadata__"
      guard isMetadata ? !hasMetadata : tensors[name] == nil else {
        throw reader.error(.unexpected, "expected every name once, found '\(name)' again")
      }
      if isMetadata {
        hasMetadata = true
        try checkMetadata()
      } else {
        tensors[name] = try readTensor(name)
      }
    }
    try reader.finish()
  }

  private mutating func checkMetadata() throws(JSONError) {
    let place = reader.position
    let value = try reader.readValue()
    if value == .null { return }
    guard let values = value.objectValue?.values, values.allSatisfy({ $0.stringValue != nil }) else {
      throw reader.error(.wrongType, "expected an object of strings as '__metadata__'", at: place)
    }
  }

  private mutating func readTensor(_ name: String) throws(JSONError) -> TensorDescription {
    let place = reader.position
    var members = JSONObject()
    try reader.beginObject()
    while let key = try reader.nextKey() {
      guard members[key] == nil else { throw reader.error(.unexpected, "expected '\(key)' of '\(name)' once") }
      members[key] = try reader.readValue()
    }
    guard let type = members["dtype"]?.stringValue, let shape = Self.sizes(members["shape"]),
      let offsets = Self.sizes(members["data_offsets"]), offsets.count == 2, offsets[0] <= offsets[1]
    else {
      throw reader.error(
        .wrongType, "expected a dtype, a shape of sizes and data_offsets of a beginning and an end for '\(name)'",
        at: place)
    }
    return TensorDescription(type: type, shape: shape, bytes: offsets[0]..<offsets[1])
  }

  /// A list of integers that are not negative.
  private static func sizes(_ value: JSONValue?) -> [Int]? {
    guard let list = value?.arrayValue else { return nil }
    let sizes = list.compactMap(\.integerValue).filter { $0 >= 0 }
    return sizes.count == list.count ? sizes : nil
  }
}

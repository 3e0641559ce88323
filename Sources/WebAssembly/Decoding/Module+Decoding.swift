extension Module {
  /// Decodes the WebAssembly binary format: version 1.0 with sign extension, multi-value, saturating conversions and bulk
  /// memory.
  ///
  /// Any bytes at all end in a module or in an error. Only the format is checked; see ``Module``.
  /// - Parameter acceptsLongZeros: whether the zero byte in the place of a table's or memory's index may be a longer zero. Version
  ///   1.0 forbids it; in later ones an index is there, and their linkers leave five bytes for it even in modules that have
  ///   nothing else that is new.
  /// - Throws: The first thing that is malformed, with its offset.
  /// - Complexity: Time and memory proportional to `bytes.count`, whatever lengths the bytes claim.
  public init(decoding bytes: [UInt8], acceptsLongZeros: Bool = false) throws(DecodingError) {
    var decoder = ModuleDecoder(bytes, acceptsLongZeros: acceptsLongZeros)
    self = try decoder.decode()
  }
}

import Testing
import WebAssembly

/// Decodes bytes that must be well formed, and gives back the body of the first function.
func decodedBody(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) throws -> [Instruction] {
  let module = try Module(decoding: bytes)
  return try #require(module.functions.first, sourceLocation: sourceLocation).body
}

/// Decodes bytes that must be malformed, and gives back why.
func decodingError(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) -> DecodingError? {
  do {
    _ = try Module(decoding: bytes)
    Issue.record("decoded: \(bytes)", sourceLocation: sourceLocation)
    return nil
  } catch {
    return error
  }
}

/// Expects `bytes` to be malformed in the way `kind` says, at `offset`.
func expectMalformed(
  _ bytes: [UInt8], _ kind: DecodingError.Kind, at offset: Int, sourceLocation: SourceLocation = #_sourceLocation
) {
  let error = decodingError(bytes, sourceLocation: sourceLocation)
  #expect(error?.kind == kind, sourceLocation: sourceLocation)
  #expect(error?.offset == offset, sourceLocation: sourceLocation)
}

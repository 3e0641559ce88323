import ChatTemplate
import Foundation

/// What a request says to compiled programs alone: fields of this server's own.
package struct ProgramFields: Hashable, Sendable {
  /// A WebAssembly module to be executed in the place of the model's own program, in base 64: `program`.
  package var module: [UInt8]?
  /// What the program finds as its arguments: `arguments`.
  package var arguments: [String] = []
  /// Whether the tokens of the trace are wanted: `trace`.
  package var streamsTrace = false

  /// The most arguments.
  package static let mostArguments = 256

  package init() {}

  /// - Throws: `APIError` for what is of the wrong type, or no base 64.
  package init(_ fields: RequestFields) throws(APIError) {
    streamsTrace = try fields.bool("trace") ?? false
    if let text = try fields.string("program") {
      guard let data = Data(base64Encoded: text) else {
        throw fields.error("program", "expected a WebAssembly module in base 64")
      }
      module = [UInt8](data)
    }
    let values = try fields.array("arguments") ?? []
    arguments = values.compactMap(\.stringValue)
    guard arguments.count == values.count, arguments.count <= Self.mostArguments else {
      throw fields.mismatch("arguments", expected: "an array of at most \(Self.mostArguments) texts")
    }
  }

  /// Whether a request says any of this.
  package var isEmpty: Bool { self == ProgramFields() }
}

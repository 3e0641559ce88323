/// The JSON text as it stands, before anything about it is checked.
struct RawScript: Decodable {
  let commands: [RawEntry]
}

/// A command, or why it is none, with its line in either case.
struct RawEntry: Decodable {
  let line: Int?
  let command: Result<RawCommand, any Error>

  private struct Place: Decodable {
    let line: Int
  }

  init(from decoder: any Decoder) throws {
    line = (try? Place(from: decoder))?.line
    command = Result { try RawCommand(from: decoder) }
  }
}

struct RawCommand: Decodable {
  let type: String
  let line: Int
  let filename: String?
  let moduleType: String?
  let name: String?
  let `as`: String?
  let text: String?
  let action: RawAction?
  let expected: [RawValue]?

  private enum CodingKeys: String, CodingKey {
    case type, line, filename, name, `as`, text, action, expected
    case moduleType = "module_type"
  }
}

struct RawAction: Decodable {
  let type: String
  let module: String?
  let field: String
  let args: [RawValue]?
}

struct RawValue: Decodable {
  let type: String
  /// nil where only the type is told.
  let value: String?
}

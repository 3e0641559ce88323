package import Clients

/// Who asks, and how soon they want the answer: fields of this server's own, but for `user`.
package struct RequestOrigin: Hashable, Sendable {
  /// Among whom the service is shared out fairly: the user is the field `user`.
  package var client = Client()
  /// The run of an agent that the request is a call of: `program_id`.
  package var program: String?
  /// What goes first, from −100 to 100: `priority`.
  package var priority = 0
  /// What the prompt's cached prefix is kept apart from others' with: `cache_salt`.
  package var cacheSalt: String?

  /// Whether it goes on with an answer that was begun, as behind a tool's output: then it is taken while the server stops, too.
  /// Nothing that a request says makes it so.
  package var continuesAnswer = false

  /// The most bytes of a name.
  package static let longestName = 256

  package init() {}

  /// - Throws: `APIError` for what is out of range or of the wrong type.
  package init(_ fields: RequestFields) throws(APIError) {
    client.user = try Self.name("user", fields) ?? ""
    program = try Self.name("program_id", fields)
    priority = try fields.integer("priority", in: -100...100) ?? 0
    cacheSalt = try Self.name("cache_salt", fields)
  }

  private static func name(_ name: String, _ fields: RequestFields) throws(APIError) -> String? {
    guard let text = try fields.string(name) else { return nil }
    guard text.utf8.count <= longestName else {
      throw fields.error(name, "expected at most \(longestName) bytes, found \(text.utf8.count)")
    }
    return text
  }
}

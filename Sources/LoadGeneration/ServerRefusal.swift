import Foundation

/// An answer with another status than 200, and what the server says about it.
struct ServerRefusal: Error {
  /// OpenAI's error object.
  private struct Answer: Decodable {
    struct Report: Decodable {
      var message: String
    }

    var error: Report
  }

  /// The most bytes of it that are read, and the most characters that are shown.
  private static let (mostBytes, mostCharacters) = (1 << 16, 300)

  let status: Int
  private var body = Data()

  init(status: Int) {
    self.status = status
  }

  mutating func append(_ data: Data) {
    body += data.prefix(Self.mostBytes - body.count)
  }

  /// The error's message, else the first line of what came; nil for nothing.
  var message: String? {
    let told = try? JSONDecoder().decode(Answer.self, from: body).error.message
    let text = told ?? String(decoding: body, as: UTF8.self)
    let line = text.split(whereSeparator: \.isNewline).first.map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
    return line.isEmpty ? nil : String(line.prefix(Self.mostCharacters))
  }
}

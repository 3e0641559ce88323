import Foundation

/// What is read of an answer, or of a piece of one: the same fields for both endpoints.
struct AnswerPiece: Decodable {
  struct Content: Decodable {
    var content: String?
    var reasoningContent: String?
  }

  struct Choice: Decodable {
    var delta: Content?
    var message: Content?
    var text: String?
  }

  struct Usage: Decodable {
    struct PromptDetails: Decodable {
      var cachedTokens: Int?
    }

    var promptTokens: Int?
    var completionTokens: Int?
    var promptTokensDetails: PromptDetails?
  }

  struct Report: Decodable {}

  /// More tokens than anybody sends or gets: what is counted so is no count, and sums of these stay numbers.
  private static let countLimit = 1 << 40

  var choices: [Choice]?
  var usage: Usage?
  var error: Report?

  /// - Throws: `LoadFailure.malformed` for bytes that are no such JSON or whose counts are none, `LoadFailure.reported` for an
  ///   error object.
  init(json: [UInt8]) throws(LoadFailure) {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do { self = try decoder.decode(Self.self, from: Data(json)) } catch { throw .malformed }
    if error != nil { throw .reported }
    let counts = [usage?.promptTokens, usage?.completionTokens, usage?.promptTokensDetails?.cachedTokens]
    guard counts.allSatisfy({ (0...Self.countLimit).contains($0 ?? 0) }) else { throw .malformed }
  }

  /// Whether it brings some of the text.
  var hasText: Bool {
    (choices ?? []).contains { choice in
      [choice.text, choice.delta?.content, choice.delta?.reasoningContent, choice.message?.content]
        .contains { !($0 ?? "").isEmpty }
    }
  }
}

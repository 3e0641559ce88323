/// Decodes tokens as they come, holding back bytes that may still become a character.
///
/// The texts returned, put together, are the text that decoding all tokens at once gives.
///
/// ```swift
/// var decoder = tokenizer.streamingDecoder()
/// for token in tokens { print(decoder.append(token), terminator: "") }
/// print(decoder.finish())
/// ```
public struct StreamingDecoder: Sendable {
  private let tokenizer: Tokenizer
  private let skipSpecialTokens: Bool
  /// The start of a character whose other bytes have not come, at most three bytes.
  private var pending: [UInt8] = []

  init(_ tokenizer: Tokenizer, skipSpecialTokens: Bool) {
    self.tokenizer = tokenizer
    self.skipSpecialTokens = skipSpecialTokens
  }

  /// The text that is certain now that `token` has come; often a word, and empty while a character is unfinished.
  public mutating func append(_ token: Int) -> String {
    if skipSpecialTokens, tokenizer.isSpecial(token) { return "" }
    tokenizer.model.names.appendBytes(of: token, to: &pending)
    let certain = pending.count - unfinishedSuffix(of: pending)
    defer { pending.removeSubrange(..<certain) }
    return String(decoding: pending[..<certain], as: UTF8.self)
  }

  /// The text of what is still held back, U+FFFD unless nothing is. The decoder can then be used for another text.
  public mutating func finish() -> String {
    defer { pending.removeAll() }
    return String(decoding: pending, as: UTF8.self)
  }
}

/// How many bytes at the end of `bytes` begin a UTF-8 sequence that further bytes could complete.
func unfinishedSuffix(of bytes: [UInt8]) -> Int {
  for length in stride(from: 1, through: min(3, bytes.count), by: 1) {
    let lead = bytes[bytes.count - length]
    if lead & 0xC0 == 0x80 { continue }
    let needed =
      switch lead {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    guard needed > length else { return 0 }
    return length == 1 || allows(bytes[bytes.count - length + 1], after: lead) ? length : 0
  }
  return 0
}

/// Whether well-formed UTF-8 can have `second` after `lead`: no overlong forms, no surrogates, nothing past U+10FFFF.
private func allows(_ second: UInt8, after lead: UInt8) -> Bool {
  switch lead {
  case 0xE0: second >= 0xA0
  case 0xED: second < 0xA0
  case 0xF0: second >= 0x90
  case 0xF4: second < 0x90
  default: true
  }
}

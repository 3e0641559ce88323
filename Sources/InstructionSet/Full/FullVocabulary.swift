/// The tokens of the full profile and their ids.
public struct FullVocabulary: Hashable, Sendable {
  /// The tokens in the order of their ids.
  public let tokens: [FullToken]
  /// Whether the machine has its program in the prompt or in its weights.
  public let mode: Vocabulary.Mode
  private let idOfToken: [FullToken: Int]
  private let idOfText: [String: Int]

  /// The vocabulary of a machine that has its program in the prompt, or in its weights: that one has no opcodes.
  public init(_ mode: Vocabulary.Mode = .universal) {
    let bytes = (0...255).map { UInt8($0) }
    var tokens = bytes.map { FullToken.byte($0) } + bytes.map { FullToken.byte($0, marked: true) }
    for ending in FullToken.lastBytes {
      tokens += bytes.map { .last($0, ending) }
      if ending.canBeMarked { tokens += bytes.map { .last($0, ending, marked: true) } }
    }
    tokens += FullToken.events.map { .event($0) }
    for width in FullToken.ValueWidth.allCases { tokens += bytes.map { .hostValue($0, width) } }
    tokens += bytes.map { .dataAddress($0) } + bytes.map { .data($0) }
    tokens += [.programStart, .programEnd]
    if mode == .universal { tokens += FullOpcode.allCases.map { .instruction($0) } }
    self.mode = mode
    self.tokens = tokens
    idOfToken = Dictionary(uniqueKeysWithValues: tokens.enumerated().map { ($1, $0) })
    idOfText = Dictionary(uniqueKeysWithValues: tokens.enumerated().map { ($1.text, $0) })
  }

  /// The id of a token, nil when there is no such token: a pop of 0, say.
  public func id(of token: FullToken) -> Int? {
    idOfToken[token]
  }

  /// The token with this text, byte for byte; nil when there is none.
  public func token(_ text: String) -> FullToken? {
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    return idOfText[text].map { tokens[$0] }
  }
}

extension FullToken.LastByte {
  /// Whether the machine may put a mark on it: sums and differences have one on each byte.
  public var canBeMarked: Bool {
    switch self {
    case .push(_, -1): true
    default: false
    }
  }
}

/// The tokens of a machine and their ids.
public struct Vocabulary: Hashable, Sendable {
  /// Which machine the vocabulary is for.
  public enum Mode: Hashable, Sendable {
    /// The program is in the prompt: `{`, instructions, `}`. 915 tokens.
    case universal
    /// The program is in the weights: the prompt begins with `start`. 881 tokens; `{` and `}` are characters here.
    case specialized
  }

  public let mode: Mode
  /// The tokens in the order of their ids.
  public let tokens: [Token]
  private let idOfText: [String: Int]
  private let idOfToken: [Token: Int]

  public init(_ mode: Mode) {
    self.mode = mode
    self.tokens = Self.tokens(mode)
    self.idOfText = Dictionary(uniqueKeysWithValues: tokens.enumerated().map { ($1.text, $0) })
    self.idOfToken = Dictionary(uniqueKeysWithValues: tokens.enumerated().map { ($1, $0) })
  }

  /// The id of a token, nil when this machine does not have it.
  public func id(of token: Token) -> Int? {
    idOfToken[token]
  }

  /// The token with this text, byte for byte; nil when this machine has none.
  public func token(_ text: String) -> Token? {
    // Strings are equal when they are canonically equivalent, and some signs are so to an ASCII letter: K and the kelvin sign.
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    return idOfText[text].map { tokens[$0] }
  }

  /// The id of the token that stops the machine.
  public var haltID: Int {
    idOfToken[.halt] ?? 0
  }

  private static func tokens(_ mode: Mode) -> [Token] {
    let bytes = (0...255).map { UInt8($0) }
    var tokens = bytes.map { Token.byte($0) } + bytes.map { Token.byte($0, marked: true) }
    let brackets: Set<UInt8> = [0x7b, 0x7d]
    tokens += Token.printable.filter { mode == .specialized || !brackets.contains($0) }.map { .character($0) }
    for branch in [false, true] {
      tokens += Token.commitForms.map { .commit($0.stackEffect, stores: $0.stores, branch: branch) }
    }
    tokens += [.branchTaken, .callCommit, .returnCommit]
    tokens += bytes.map { .output($0) }
    switch mode {
    case .universal:
      tokens += [.programStart, .programEnd]
      tokens += Opcode.allCases.map { .instruction($0) }
    case .specialized:
      tokens += [.halt, .start]
    }
    return tokens
  }
}

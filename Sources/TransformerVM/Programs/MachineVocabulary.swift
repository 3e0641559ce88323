public import InstructionSet
import Reference

/// What runs need to know of a machine's tokens, by their ids.
public struct MachineVocabulary: Sendable {
  /// The tokens themselves.
  public enum Tokens: Sendable {
    case base(Vocabulary)
    case full(FullVocabulary)
  }

  public let tokens: Tokens
  /// The tokens' texts, in the order of their ids.
  public let texts: [String]
  private let roles: [Role]

  /// What a token does to a run.
  private struct Role {
    /// The byte that it prints.
    var printedByte: UInt8?
    var endsInstruction = false
    /// Whether the machine says nothing behind it.
    var stops = false
    var startsLine = false
    var endsLine = false
    /// Why the machine stops behind it, in the full profile.
    var pause: FullPause?
    /// How many tokens of a trace it belongs to with those before it, where only the host writes it; else 0.
    var hostLength = 0
  }

  /// The vocabulary of a base-profile machine.
  public init(_ vocabulary: Vocabulary) {
    tokens = .base(vocabulary)
    texts = vocabulary.tokens.map(\.text)
    roles = vocabulary.tokens.enumerated().map { id, token in
      Role(
        printedByte: token.printedByte, endsInstruction: token.endsInstruction, stops: id == vocabulary.haltID,
        startsLine: token.startsLine, endsLine: token.endsLine)
    }
  }

  /// The vocabulary of the full profile.
  public init(_ vocabulary: FullVocabulary) {
    tokens = .full(vocabulary)
    texts = vocabulary.tokens.map(\.text)
    roles = vocabulary.tokens.map { token in
      Role(
        printedByte: token.printedByte, endsInstruction: token.endsInstruction, stops: token.pause != nil,
        startsLine: token.startsLine, endsLine: token.endsLine, pause: token.pause,
        hostLength: token.hostLength)
    }
  }

  /// The number of tokens.
  public var count: Int { texts.count }

  /// Whether it is for machines that have their program in the weights.
  public var isSpecialized: Bool {
    switch tokens {
    case .base(let vocabulary): vocabulary.mode == .specialized
    case .full(let vocabulary): vocabulary.mode == .specialized
    }
  }

  /// The profile of the machines that it is for.
  public var profile: MachineProfile {
    switch tokens {
    case .base: .base
    case .full: .full
    }
  }

  /// The token with which every prompt begins.
  var firstToken: String {
    isSpecialized && !hasTraps ? Token.start.text : Token.programStart.text
  }

  /// The tokens that execute instructions: a machine of the full profile with a program in its weights writes a prologue first.
  func executed(_ ids: [UInt16]) -> ArraySlice<UInt16> {
    guard case .full(let vocabulary) = tokens, isSpecialized else { return ids[...] }
    return ids.drop { vocabulary.tokens[Int($0)].isJump == false }.dropFirst()
  }

  /// A token's text, by its id.
  public func text(of id: Int) -> String {
    texts.indices.contains(id) ? texts[id] : "token \(id)"
  }

  /// The tokens of the full profile with these ids; none of the base profile's.
  func fullTokens(_ ids: some Collection<UInt16>) -> [FullToken] {
    guard case .full(let vocabulary) = tokens else { return [] }
    return ids.compactMap { vocabulary.tokens.indices.contains(Int($0)) ? vocabulary.tokens[Int($0)] : nil }
  }

  /// The byte that a token prints, nil for one that prints none.
  public func printedByte(of id: Int) -> UInt8? {
    roles.indices.contains(id) ? roles[id].printedByte : nil
  }

  /// Whether an instruction ends with this token.
  public func endsInstruction(_ id: Int) -> Bool {
    roles.indices.contains(id) && roles[id].endsInstruction
  }

  /// Whether the machine says nothing behind this token.
  public func stops(at id: Int) -> Bool {
    roles.indices.contains(id) && roles[id].stops
  }

  /// Whether the machine tells of traps.
  public var hasTraps: Bool {
    switch tokens {
    case .base: false
    case .full: true
    }
  }

  /// The trap that a token tells about, nil for any other.
  public func trap(at id: Int) -> Trap? {
    roles.indices.contains(id) ? roles[id].pause?.trap : nil
  }

  /// For each id, whether the machine says nothing behind that token.
  package var stops: [Bool] { roles.map(\.stops) }

  /// Whether the machine asks the host for a service by this token.
  func asksHost(_ id: Int) -> Bool {
    if roles.indices.contains(id), case .host = roles[id].pause { true } else { false }
  }

  /// Where the host answers in a trace: an answer begins behind the token that asks, and may be empty.
  ///
  /// Tokens that only the host writes are no answer where nothing asked for one.
  ///
  /// - Parameter ids: tokens behind the prompt.
  func answers(in ids: some Sequence<some BinaryInteger>) -> [Range<Int>] {
    guard hasTraps else { return [] }
    var answers: [Range<Int>] = []
    for (index, id) in ids.enumerated() {
      guard let id = Int(exactly: id), roles.indices.contains(id) else { continue }
      if asksHost(id) {
        answers.append(index + 1..<index + 1)
      } else if roles[id].hostLength > 0, let answer = answers.last,
        answer.upperBound == index + 1 - roles[id].hostLength
      {
        answers[answers.count - 1] = answer.lowerBound..<index + 1
      }
    }
    return answers
  }

  /// Tokens behind a prompt, cut where machine and host take turns: an answer of the host is a slice of its own, even if it is
  /// empty.
  func slices(of ids: [UInt16]) -> [ArraySlice<UInt16>] {
    var slices: [ArraySlice<UInt16>] = []
    var start = 0
    for answer in answers(in: ids) where answer.lowerBound < ids.count {
      slices += [ids[start..<answer.lowerBound], ids[answer]]
      start = answer.upperBound
    }
    return start < ids.count ? slices + [ids[start...]] : slices
  }

  /// How many of the tokens behind a prompt a run keeps that is to have so many: no answer is cut in half.
  func length(of ids: [UInt16], upTo limit: Int) -> Int {
    guard limit < ids.count else { return ids.count }
    return answers(in: ids).first { $0.lowerBound < limit && limit < $0.upperBound }?.upperBound ?? limit
  }

  /// Whether a token begins a line of a trace.
  package func startsLine(_ id: Int) -> Bool {
    roles.indices.contains(id) && roles[id].startsLine
  }

  /// Whether a token ends a line of a trace.
  package func endsLine(_ id: Int) -> Bool {
    roles.indices.contains(id) && roles[id].endsLine
  }

  /// The ids of a base-profile prompt.
  ///
  /// - Throws: ``VirtualMachineError`` when a token is not in this vocabulary.
  public func ids(of prompt: [Token]) throws(VirtualMachineError) -> [Int32] {
    switch tokens {
    case .base(let vocabulary):
      try prompt.map { (token) throws(VirtualMachineError) in
        guard let id = vocabulary.id(of: token) else {
          throw VirtualMachineError("the model has no token '\(token.text)'")
        }
        return Int32(truncatingIfNeeded: id)
      }
    case .full: throw VirtualMachineError("the model is of the full profile, the program of the base profile")
    }
  }

  /// The ids of tokens of the full profile.
  ///
  /// - Throws: ``VirtualMachineError`` when a token is not in this vocabulary.
  public func ids(of tokens: [FullToken]) throws(VirtualMachineError) -> [Int32] {
    guard case .full(let vocabulary) = self.tokens else {
      throw VirtualMachineError("the model is of the base profile, the program of the full profile")
    }
    return try tokens.map { (token) throws(VirtualMachineError) in
      guard let id = vocabulary.id(of: token) else {
        throw VirtualMachineError("the model has no token '\(token.text)'")
      }
      return Int32(truncatingIfNeeded: id)
    }
  }
}

extension Token {
  /// The byte that an output token prints.
  package var printedByte: UInt8? {
    if case .output(let byte) = self { byte } else { nil }
  }

  fileprivate var endsInstruction: Bool {
    switch self {
    case .commit, .callCommit, .returnCommit, .output, .instruction: true
    case .byte, .character, .branchTaken, .programStart, .programEnd, .start: false
    }
  }
}

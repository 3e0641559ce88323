import Files

/// A prompt and the tokens behind it, as ids of a vocabulary.
public struct TokenTrace: Sendable {
  public let vocabulary: MachineVocabulary
  /// The prompt, then what follows it.
  public private(set) var ids: [Int32]
  /// How many of the ids are the prompt's.
  public let promptCount: Int

  /// How many bytes of a word an error shows.
  private static let longestQuote = 80

  /// A trace that holds a prompt alone.
  public init(prompt: [Int32], vocabulary: MachineVocabulary) {
    self.vocabulary = vocabulary
    ids = prompt
    promptCount = prompt.count
  }

  /// What a program's execution by the reference interpreter must look like.
  ///
  /// - Parameters:
  ///   - host: what the program runs in.
  ///   - maximumTokens: Where to cut it off, the prompt not included.
  /// - Throws: ``VirtualMachineError`` when the program does something undefined, or the vocabulary lacks a token.
  public init(
    of program: MachineProgram, vocabulary: MachineVocabulary, host: RunHost = RunHost(), maximumTokens: Int = .max
  ) throws(VirtualMachineError) {
    self.init(prompt: try program.prompt(for: vocabulary), vocabulary: vocabulary)
    var reference = try ReferenceTrace(
      of: program, vocabulary: vocabulary, host: host, maximumTokens: maximumTokens)
    do {
      while let id = try reference.next() { ids.append(id) }
    } catch {
      throw VirtualMachineError("\(error)")
    }
  }

  /// A trace as text: words separated by white space, the prompt's among them.
  ///
  /// - Throws: ``VirtualMachineError`` with the word's number, from 1, when it is no token of the vocabulary or not the prompt's.
  public init(
    text: some Sequence<UInt8>, prompt: [Int32], vocabulary: MachineVocabulary, file: String? = nil
  ) throws(VirtualMachineError) {
    self.init(prompt: prompt, vocabulary: vocabulary)
    let expected = ids
    var words = TraceWords(text, vocabulary: vocabulary)
    var count = 0
    while let word = words.next() {
      guard let id = word.id else {
        let start = String(decoding: word.bytes.prefix(Self.longestQuote), as: UTF8.self)
        let found = word.bytes.count > Self.longestQuote ? start + "…" : start
        throw VirtualMachineError("word \(count + 1): expected a token, found '\(found.oneLine)'", subject: file)
      }
      if count >= promptCount {
        ids.append(id)
      } else if id != expected[count] {
        let (wanted, found) = (self.text(of: expected[count]), self.text(of: id))
        throw VirtualMachineError(
          "word \(count + 1): expected the program's prompt, '\(wanted)', found '\(found)'", subject: file)
      }
      count += 1
    }
    guard count > promptCount else {
      let found = count < promptCount ? "\(count) tokens" : "no more"
      throw VirtualMachineError(
        "expected the program's prompt of \(promptCount) tokens and tokens behind it, found \(found)", subject: file)
    }
  }

  /// Where the host answers, which no model predicts.
  package var answers: [Range<Int>] {
    vocabulary.answers(in: ids[promptCount...]).map { $0.lowerBound + promptCount..<$0.upperBound + promptCount }
  }

  /// Whether the machine has nothing more to say behind it.
  public var isComplete: Bool {
    guard let last = ids.last, ids.count > promptCount else { return false }
    return vocabulary.stops(at: Int(last))
  }

  /// Adds a token's id at the end.
  public mutating func append(_ id: Int32) {
    ids.append(id)
  }

  /// A token's text, by its id.
  public func text(of id: Int32) -> String {
    vocabulary.text(of: Int(id))
  }
}

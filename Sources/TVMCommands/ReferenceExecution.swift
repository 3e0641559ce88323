import CommandOutput
import InstructionSet
import Reference
import TransformerVM

/// A program's execution by the reference interpreter, and what is told of it.
struct ReferenceExecution {
  private let vocabulary: MachineVocabulary
  private var reference: ReferenceTrace
  private let keepsTrace: Bool
  /// Prompt and generated tokens, where they are kept.
  var trace: TraceFile
  private var (tokens, instructions) = (0, 0)
  private var output: [UInt8] = []
  private var last: Int?
  /// What the program did that is undefined.
  private var misdeed: ExecutionTrap?

  /// - Throws: `VirtualMachineError` when the program is for another machine.
  init(
    of program: MachineProgram, on profile: MachineProfile, host: RunHost, maximumTokens: Int, keepsTrace: Bool
  ) throws(VirtualMachineError) {
    vocabulary =
      switch profile {
      case .base: MachineVocabulary(Vocabulary(.universal))
      case .full: MachineVocabulary(FullVocabulary())
      }
    reference = try ReferenceTrace(of: program, vocabulary: vocabulary, host: host, maximumTokens: maximumTokens)
    self.keepsTrace = keepsTrace
    trace = TraceFile(vocabulary)
    if keepsTrace { for id in try program.prompt(for: vocabulary) { trace.append(Int(id)) } }
  }

  /// Executes the program.
  ///
  /// - Parameter show: called with what it prints, a line at a time.
  mutating func run(show: ([UInt8]) throws -> Void) throws {
    var shown = 0
    do {
      while let id = try reference.next() {
        note(Int(id))
        if output.count > shown, output.last == UInt8(ascii: "\n") || vocabulary.stops(at: Int(id)) {
          try show(Array(output[shown...]))
          shown = output.count
        }
      }
    } catch let error as ExecutionTrap {
      misdeed = error
    }
    try show(Array(output[shown...]))
  }

  private mutating func note(_ id: Int) {
    last = id
    tokens += 1
    if vocabulary.endsInstruction(id) { instructions += 1 }
    if keepsTrace { trace.append(id) }
    if let byte = vocabulary.printedByte(of: id) { output.append(byte) }
  }

  private var trap: Trap? { last.flatMap(vocabulary.trap) }

  private var hasEnded: Bool { reference.exitCode != nil || last.map(vocabulary.stops) ?? false }

  func report(_ name: String) -> ReferenceReport {
    let isTrapped = trap != nil || misdeed != nil
    let limit = isTrapped || hasEnded ? nil : "the limit was reached"
    return ReferenceReport(
      program: name, output: String(decoding: output, as: UTF8.self),
      status: isTrapped ? "trap" : hasEnded ? "halted" : "limit", tokens: tokens, instructions: instructions,
      exitCode: reference.exitCode, detail: trap?.message ?? misdeed?.description ?? limit)
  }

  /// What `tvm run` would exit with; nil for success.
  var exitStatus: Int32? {
    if trap != nil { return ProgramRunner.abortStatus }
    guard hasEnded, misdeed == nil else { return 1 }
    return reference.exitCode.flatMap { $0 == 0 ? nil : Int32(truncatingIfNeeded: $0 & 0xff) }
  }
}

/// What `tvm reference --json` prints.
struct ReferenceReport: Encodable {
  let program: String
  let output: String
  let status: String
  let tokens: Int
  let instructions: Int
  /// What the program gave as its exit code.
  let exitCode: UInt32?
  /// One line about a trap or the limit.
  let detail: String?

  private enum CodingKeys: String, CodingKey {
    case program, output, status, tokens, instructions, detail
    case exitCode = "exit_code"
  }
}

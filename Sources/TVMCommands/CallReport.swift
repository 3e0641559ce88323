import InstructionSet
import ModuleExecution

/// What `tvm invoke` prints of a call.
struct CallReport: Encodable {
  enum Status: String, Encodable {
    case returned
    case trap
    case exit
    case limit
  }

  let call: String
  let status: Status
  private(set) var results: [String] = []
  let output: String
  let tokens: Int
  /// One line about a trap, the code of an exit, or the limit.
  private(set) var detail: String?
  /// What the command is to exit with at once; nil to go on.
  private(set) var exitStatus: Int32?

  /// - Parameters:
  ///   - tokens: how many were written, what the host appended to begin with included.
  ///   - limit: how many the machine might have written.
  init(_ call: String, _ outcome: ExecutionOutcome, output: [UInt8], tokens: Int, limit: Int) {
    self.call = call
    self.output = String(decoding: output, as: UTF8.self)
    self.tokens = tokens
    switch outcome {
    case .returned(let values):
      status = .returned
      results = values.map(\.text)
    case .trapped(let trap):
      status = .trap
      detail = trap.message
      exitStatus = ProgramRunner.abortStatus
    case .exited(let code):
      status = .exit
      detail = "exited with \(code)"
      exitStatus = Int32(truncatingIfNeeded: code & 0xff)
    case .stoppedAtLimit:
      status = .limit
      detail = "the limit of \(limit) tokens was reached"
      exitStatus = 1
    }
  }

  private enum CodingKeys: String, CodingKey {
    case call, status, results, output, tokens, detail
  }
}

import Foundation

extension ProgramRun {
  /// Sums the run up.
  ///
  /// - Parameters:
  ///   - input: the run's input, for a report of one of many inputs.
  ///   - check: what the comparison with the reference interpreter found; nil when there was no program to compare with.
  public func report(name: String, input: [UInt8]? = nil, check: TraceCheck?) -> RunReport {
    let bytes = output
    let isText = String(validating: bytes, as: UTF8.self) != nil
    let count = prompt.count + generated.count
    let (status, detail) = verdict(check)
    return RunReport(
      program: name, input: input.map { String(decoding: $0, as: UTF8.self) },
      output: String(decoding: bytes, as: UTF8.self),
      outputBase64: isText ? nil : Data(bytes).base64EncodedString(), status: status, tokens: generated.count,
      promptTokens: prompt.count, instructions: instructionCount, seconds: seconds,
      tokensPerSecond: seconds > 0 ? Double(count) / seconds : 0, engine: engine, exitCode: exitCode, detail: detail)
  }

  private func verdict(_ check: TraceCheck?) -> (RunReport.Status, String?) {
    if let finding = check?.finding { return (finding.status, finding.detail) }
    if let trap { return (.trap, trap.message) }
    guard isHalted else { return (.limit, "the limit was reached after \(generated.count) generated tokens") }
    return (check == nil ? .ran : .pass, nil)
  }
}

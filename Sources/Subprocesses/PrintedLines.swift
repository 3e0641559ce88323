/// The lines of what another program prints, as they come.
struct PrintedLines {
  private var byteCount = 0
  /// What has come of the last line.
  private var rest: [UInt8] = []

  /// Passes on the lines that have ended since the last time, without their ends.
  ///
  /// - Parameter isWhole: whether nothing will come any more, so that the last line is one though nothing ends it.
  mutating func read(_ output: borrowing PrintedOutput, isWhole: Bool, _ body: (String) -> Void) {
    while true {
      let bytes = output.bytes(at: byteCount)
      if bytes.isEmpty { break }
      byteCount += bytes.count
      var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let last = lines.removeLast()
      for line in lines {
        body(String(decoding: rest + line, as: UTF8.self))
        rest = []
      }
      rest += last
    }
    guard isWhole, !rest.isEmpty else { return }
    body(String(decoding: rest, as: UTF8.self))
    rest = []
  }
}

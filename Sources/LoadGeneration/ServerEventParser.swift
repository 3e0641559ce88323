/// Cuts a stream of server-sent events into the data of its events, however the bytes arrive.
///
/// Fields other than `data` are left out, and comments.
package struct ServerEventParser {
  /// The longest line that is read.
  package static let longestLine = 1 << 22

  private var line: [UInt8] = []
  private var data: [UInt8]?
  /// A line feed that follows belongs to the line that has ended.
  private var endedWithReturn = false

  package init() {}

  /// Takes the next bytes.
  ///
  /// - Returns: the data of the events that they end.
  /// - Throws: `LoadFailure.malformed` for a line that is too long.
  package mutating func append(_ bytes: some Sequence<UInt8>) throws(LoadFailure) -> [[UInt8]] {
    var events: [[UInt8]] = []
    for byte in bytes {
      let continuesReturn = endedWithReturn && byte == UInt8(ascii: "\n")
      endedWithReturn = byte == UInt8(ascii: "\r")
      if continuesReturn { continue }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        if let event = endLine() { events.append(event) }
      } else {
        guard line.count < Self.longestLine else { throw .malformed }
        line.append(byte)
      }
    }
    return events
  }

  /// What the line means: an empty one ends an event.
  private mutating func endLine() -> [UInt8]? {
    defer { line.removeAll(keepingCapacity: true) }
    guard !line.isEmpty else {
      defer { data = nil }
      return data
    }
    guard line.starts(with: "data:".utf8) || line.elementsEqual("data".utf8) else { return nil }
    var value = line.dropFirst("data:".utf8.count)
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
    data = data.map { $0 + [UInt8(ascii: "\n")] + value } ?? Array(value)
    return nil
  }
}

/// The command line's arguments before they were made text.
enum RawArgument {
  /// The bytes that a user typed for an option's value. Arguments that are not UTF-8 reach the parser with replacement
  /// characters, and only the raw arguments have the bytes.
  static func bytes(of value: String, option: String) -> [UInt8] {
    guard value.unicodeScalars.contains("\u{fffd}") else { return Array(value.utf8) }
    let prefix = Array("\(option)=".utf8)
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[index] else { continue }
      var bytes = UnsafeBufferPointer(start: argument, count: length(of: argument)).map(UInt8.init(bitPattern:))
      if bytes.starts(with: prefix) { bytes.removeFirst(prefix.count) }
      if String(decoding: bytes, as: UTF8.self) == value { return bytes }
    }
    return Array(value.utf8)
  }

  private static func length(of argument: UnsafeMutablePointer<CChar>) -> Int {
    var length = 0
    while argument[length] != 0 { length += 1 }
    return length
  }
}

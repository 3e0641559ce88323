/// The command line's arguments before they were made text.
enum RawArgument {
  /// The bytes that a user typed for an option's value. Arguments that are not UTF-8 reach the parser with replacement
  /// characters, and only the raw arguments have the bytes.
  static func bytes(of value: String, option: String) -> [UInt8] {
    bytes(of: [value], option: option).first ?? []
  }

  /// The same for an option that was given several times, in that order.
  static func bytes(of values: [String], option: String) -> [[UInt8]] {
    let isWhole = values.allSatisfy { !$0.unicodeScalars.contains("\u{fffd}") }
    if isWhole { return values.map { Array($0.utf8) } }
    var typed = typedValues(of: option)[...]
    // From behind: of an option that has one value, the last counts.
    let found = values.reversed().map { value -> [UInt8] in
      guard let place = typed.lastIndex(where: { String(decoding: $0, as: UTF8.self) == value }) else {
        return Array(value.utf8)
      }
      defer { typed = typed[..<place] }
      return typed[place]
    }
    return found.reversed()
  }

  /// What stands behind an option's name, in the same argument or in the next.
  private static func typedValues(of option: String) -> [[UInt8]] {
    let name = Array(option.utf8)
    let prefix = name + [UInt8(ascii: "=")]
    var values: [[UInt8]] = []
    var isValue = false
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[index] else { continue }
      let bytes = UnsafeBufferPointer(start: argument, count: length(of: argument)).map(UInt8.init(bitPattern:))
      if isValue {
        values.append(bytes)
        isValue = false
      } else if bytes.starts(with: prefix) {
        values.append(Array(bytes.dropFirst(prefix.count)))
      } else {
        isValue = bytes == name
      }
    }
    return values
  }

  private static func length(of argument: UnsafeMutablePointer<CChar>) -> Int {
    var length = 0
    while argument[length] != 0 { length += 1 }
    return length
  }
}

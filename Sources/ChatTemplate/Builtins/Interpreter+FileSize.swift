import Foundation

extension Interpreter {
  /// `filesizeformat`: a number of bytes in the largest unit below it, with one decimal; the units are 1000 of one another,
  /// or 1024 where `binary` holds.
  func fileSize(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let isBinary = try bind(arguments, to: ["binary"], of: "filesizeformat")[0]?.isTrue ?? false
    if case .undefined(let what) = value { throw error(.undefined, what) }
    var number = value.double
    if case .string(let text) = value { number = Self.float(text) }
    guard let bytes = number else { throw invalid("expected a number of bytes, found \(value.typeName)") }
    if bytes == 1 { return .string("1 Byte") }
    let base: Double = isBinary ? 1024 : 1000
    if bytes < base {
      guard let whole = Int(exactly: bytes.rounded(.towardZero)) else {
        throw invalid("expected a number of bytes that fits in 64 bits")
      }
      return .string("\(whole) Bytes")
    }
    let units =
      isBinary
      ? ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"]
      : ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"]
    let above = units.indices.map { pow(base, Double($0 + 2)) }
    // Python compares with 10²⁴ itself, which binary64's 1e24 is a little less than.
    let index = above.firstIndex { bytes < $0 || $0 == 1e24 && bytes == 1e24 } ?? units.count - 1
    return .string(String(format: "%.1f ", base * bytes / above[index]) + units[index])
  }
}

import Foundation

#if canImport(Darwin)
  import Darwin
#endif

/// The processor that code is compiled for.
enum Processor {
  /// Which instructions it has, as the system tells; code for one processor may not run on another.
  static var features: String {
    #if canImport(Darwin)
      ["machdep.cpu.brand_string", "machdep.cpu.features", "machdep.cpu.leaf7_features"].map(systemText)
        .joined(separator: " ")
    #else
      description(inFile: "/proc/cpuinfo")
    #endif
  }

  #if canImport(Darwin)
    private static func systemText(_ name: String) -> String {
      var size = 0
      guard sysctlbyname(name, nil, &size, nil, 0) == 0 else { return "" }
      var bytes = [UInt8](repeating: 0, count: size)
      guard sysctlbyname(name, &bytes, &size, nil, 0) == 0 else { return "" }
      return String(decoding: bytes.prefix(size).prefix { $0 != 0 }, as: UTF8.self)
    }
  #else
    /// What the kernel says about the first processor, without what changes with time.
    private static func description(inFile path: String) -> String {
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return "" }
      let wanted = ["model name", "flags", "Features", "isa", "CPU part"]
      let lines = text.prefix { _ in true }.split(separator: "\n", omittingEmptySubsequences: false).prefix {
        !$0.isEmpty
      }
      return lines.filter { line in wanted.contains { line.hasPrefix($0) } }.joined(separator: "\n")
    }
  #endif
}

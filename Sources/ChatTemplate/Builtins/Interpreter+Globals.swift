import Foundation

extension Interpreter {
  /// Ranges longer than this are refused, as Jinja's sandbox does.
  private static let longestRange = 100_000

  /// Calls one of the functions that every template can call.
  func call(_ function: GlobalFunction, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    switch function {
    case .namespace:
      var attributes = Mapping()
      let mapping = try makeMapping(arguments, "namespace")
      for (key, value) in zip(mapping.keys, mapping.values) {
        try setAttribute(try text(of: key), of: &attributes, to: value)
      }
      return makeNamespace(attributes)
    case .range: return try makeRange(arguments)
    case .dict: return .dictionary(try makeMapping(arguments, "dict"))
    case .raiseException:
      let message = try bind(arguments, to: ["message"], of: function.rawValue)[0]
      throw error(.raised, try text(of: message ?? .string("the template refused the messages")))
    case .strftimeNow:
      guard case .string(let format)? = try bind(arguments, to: ["format"], of: function.rawValue)[0] else {
        throw invalid("expected a format for 'strftime_now'")
      }
      return .string(try formatNow(format))
    case .cycler:
      guard !arguments.positional.isEmpty, arguments.named.isEmpty else {
        throw invalid("expected values for 'cycler'")
      }
      return .callable(.cycler(Cycler(try makeList(arguments.positional))))
    case .joiner: return .callable(.joiner(Joiner(try bind(arguments, to: ["sep"], of: "joiner")[0] ?? .string(", "))))
    }
  }

  /// The members of a mapping or of a list of pairs, and the named arguments behind them.
  private func makeMapping(_ arguments: CallArguments, _ function: String) throws(ChatTemplateError) -> Mapping {
    guard arguments.positional.count <= 1 else { throw invalid("expected at most one mapping for '\(function)'") }
    var mapping = Mapping()
    switch arguments.positional.first {
    case nil: break
    case .dictionary(let other)?: mapping = other
    case let pairs?:
      for pair in try elements(of: pairs) {
        let pair = try elements(of: pair)
        guard pair.count == 2 else { throw invalid("expected pairs of a key and a value for '\(function)'") }
        try set(pair[0], to: pair[1], in: &mapping)
      }
    }
    for (name, value) in arguments.named { try set(.string(name), to: value, in: &mapping) }
    return mapping
  }

  private func makeRange(_ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    guard (1...3).contains(arguments.positional.count), arguments.named.isEmpty else {
      throw invalid("expected one to three integers for 'range'")
    }
    var bounds: [Int] = []
    for argument in arguments.positional {
      guard let bound = argument.index else {
        throw invalid("expected integers for 'range', found \(argument.typeName)")
      }
      bounds.append(bound)
    }
    let (start, stop) = bounds.count == 1 ? (0, bounds[0]) : (bounds[0], bounds[1])
    let step = bounds.count == 3 ? bounds[2] : 1
    guard step != 0 else { throw invalid("expected the step of 'range' not to be 0") }
    let isEmpty = step > 0 ? start >= stop : start <= stop
    let (distance, overflow) = stop.subtractingReportingOverflow(start)
    if isEmpty { return .list(List([])) }
    let reaches = overflow ? UInt.max : distance.magnitude
    guard (reaches - 1) / step.magnitude < Self.longestRange else {
      throw error(.limit, "expected a range of at most \(Self.longestRange) integers")
    }
    return .list(try makeList(stride(from: start, to: stop, by: step).map(Value.integer)))
  }

  /// The time of the rendering, in local time, in the format of C's `strftime`.
  private func formatNow(_ format: String) throws(ChatTemplateError) -> String {
    guard !format.isEmpty else { return "" }
    try spend(bytes: format.utf8.count * 64)
    guard format.utf8.count <= 4096 else { throw error(.limit, "expected a format of at most 4096 bytes") }
    var seconds = time_t(now.timeIntervalSince1970.rounded(.down))
    var parts = tm()
    localtime_r(&seconds, &parts)
    // Behind a mark, so that a result that is empty tells from one that does not fit.
    var buffer = [CChar](repeating: 0, count: 1 << 16)
    let count = strftime(&buffer, buffer.count, "x" + format, &parts)
    guard count > 0 else { throw error(.limit, "expected a shorter format for 'strftime_now'") }
    return String(decoding: buffer[1..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

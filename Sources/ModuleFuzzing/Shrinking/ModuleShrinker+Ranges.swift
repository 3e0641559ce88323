import WebAssembly
import WebAssemblyValidation

extension ModuleShrinker {
  /// Takes away instructions that leave the stack as it was, and puts a constant in the place of those that leave one value more:
  /// first the longest ranges, then those of at most half the length, and so on.
  mutating func removeRanges(of function: Int) {
    var length = best.module.functions[function].body.count
    while length > 0 {
      var ranges = BodyRanges(of: function, in: best.module)
      var start = best.module.functions[function].body.count - 1
      while start >= 0 {
        for range in ranges.longest(from: start, atMost: length) {
          var candidate = best
          candidate.module.functions[function].body.replaceSubrange(range.places, with: range.replacement.instructions)
          guard tries(candidate) else { continue }
          ranges = BodyRanges(of: function, in: best.module)
          start = min(start + 1, best.module.functions[function].body.count)
          break
        }
        start -= 1
      }
      length /= 2
    }
  }

  /// Takes away constructs around what they hold.
  mutating func removeConstructs(of function: Int) {
    var place = 0
    while place < best.module.functions[function].body.count {
      let body = best.module.functions[function].body
      if let end = body.end(ofConstructAt: place) {
        var candidate = best
        candidate.module.functions[function].body.remove(at: end)
        if case .if = body[place].operation {
          candidate.module.functions[function].body[place].operation = .drop
        } else {
          candidate.module.functions[function].body.remove(at: place)
        }
        if tries(candidate) { continue }
      }
      place += 1
    }
  }
}

/// Ranges of a body that can be left out or replaced without a change of what is on the stack behind them.
private struct BodyRanges {
  struct Range {
    let places: Swift.Range<Int>
    let replacement: [Operation]
  }

  /// What there is before an instruction.
  private struct State {
    let operands: [ValueType?]
    let depth: Int
  }

  private var ranges: [Int: [Range]] = [:]  // by their first place, the shortest first

  init(of index: Int, in module: Module) {
    let function = module.functions[index]
    guard let states = Self.states(of: function, index: index, in: module) else { return }
    // The last instruction is the function's own end.
    for start in 0..<max(0, states.count - 1) {
      for end in start + 1..<states.count {
        guard states[end].depth >= states[start].depth else { break }
        guard states[end].depth == states[start].depth else { continue }
        if states[end].operands == states[start].operands {
          ranges[start, default: []].append(Range(places: start..<end, replacement: []))
        } else if states[end].operands.dropLast() == states[start].operands[...], end - start > 1,
          let type = states[end].operands.last ?? nil
        {
          ranges[start, default: []].append(Range(places: start..<end, replacement: [.zero(type)]))
        }
      }
    }
  }

  /// The longest range to leave out, and the longest to replace, that begin at a place.
  func longest(from start: Int, atMost length: Int) -> [Range] {
    let fitting = (ranges[start] ?? []).filter { $0.places.count <= length }
    return [fitting.last { $0.replacement.isEmpty }, fitting.last { !$0.replacement.isEmpty }].compactMap { $0 }
  }

  /// The states before each instruction of a valid function.
  private static func states(of function: Function, index: Int, in module: Module) -> [State]? {
    do {
      let imported = module.imports.count { if case .function = $0.kind { true } else { false } }
      var validator = try FunctionValidator(function, index: imported + index, in: IndexSpaces(module))
      return try function.body.map { instruction in
        let state = State(operands: validator.operands, depth: validator.frames.count)
        try validator.check(instruction)
        return state
      }
    } catch {
      return nil
    }
  }
}

extension [Instruction] {
  /// Where the construct ends that opens at a place; nil where none does, or one that has an `else`.
  fileprivate func end(ofConstructAt place: Int) -> Int? {
    var depth = 0
    for index in place..<count {
      switch self[index].operation {
      case .block, .loop, .if: depth += 1
      case .else where depth == 1: return nil
      case .end:
        depth -= 1
        if depth == 0 { return index }
      default: if depth == 0 { return nil }
      }
      if depth <= 0 { return nil }
    }
    return nil
  }
}

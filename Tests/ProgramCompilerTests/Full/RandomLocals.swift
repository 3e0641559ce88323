import RandomNumbers
import WebAssembly

/// Random functions that read and write local variables in nested constructs, and what they compute.
struct RandomLocals {
  indirect enum Expression {
    case local(Int)
    case constant(UInt32)
    case sum(Expression, Expression)
    /// Writes a variable on the way.
    case tee(Int, Expression)
  }

  indirect enum Statement {
    case set(Int, Expression)
    case block([Statement])
    /// A loop with a counter of its own, in a block.
    case loop(counter: Int, times: UInt32, [Statement])
    case choice(Expression, [Statement], [Statement])
    /// Leaves so many constructs, or goes on with a loop, if the condition is not 0.
    case leave(Int, Expression)
  }

  static let variableCount = 5
  /// Variables and the loops' counters, all i32.
  static let localCount = variableCount + 4

  private var generator: SplitMix64

  init(seed: UInt64) {
    generator = SplitMix64(seed: seed)
  }

  private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &generator) }

  private mutating func expression(_ depth: Int) -> Expression {
    switch number(0..<(depth > 0 ? 6 : 3)) {
    case 0: .constant(UInt32(number(0..<3)))
    case 1, 2: .local(number(0..<Self.variableCount))
    case 3, 4: .sum(expression(depth - 1), expression(depth - 1))
    default: .tee(number(0..<Self.variableCount), expression(depth - 1))
    }
  }

  /// - Parameters:
  ///   - labels: how many constructs are around.
  ///   - loops: how many of them are loops.
  mutating func statements(depth: Int, labels: Int = 0, loops: Int = 0) -> [Statement] {
    (0..<number(1..<6)).map { _ in
      switch number(0..<(depth > 0 ? 8 : 5)) {
      case 4 where labels > 0: .leave(number(0..<labels), expression(2))
      case 5: .block(statements(depth: depth - 1, labels: labels + 1, loops: loops))
      case 6:
        .choice(
          expression(2), statements(depth: depth - 1, labels: labels + 1, loops: loops),
          statements(depth: depth - 1, labels: labels + 1, loops: loops))
      case 7:
        .loop(
          counter: Self.variableCount + loops, times: UInt32(number(0..<4)),
          statements(depth: depth - 1, labels: labels + 2, loops: loops + 1))
      default: .set(number(0..<Self.variableCount), expression(3))
      }
    }
  }
}

/// As instructions.
extension RandomLocals {
  static func code(_ statements: [Statement]) -> [Operation] {
    statements.flatMap { statement -> [Operation] in
      switch statement {
      case .set(let local, let value): code(value) + [.localSet(LocalIndex(local))]
      case .block(let body): [.block(.empty)] + code(body) + [.end]
      case .choice(let condition, let first, let second):
        code(condition) + [.if(.empty)] + code(first) + [.else] + code(second) + [.end]
      case .leave(let count, let condition): code(condition) + [.brIf(LabelIndex(count))]
      case .loop(let counter, let times, let body):
        [
          .const(times), .localSet(LocalIndex(counter)), .block(.empty), .loop(.empty), .localGet(LocalIndex(counter)),
          .numeric(.i32Eqz), .brIf(1), .localGet(LocalIndex(counter)), .const(1), .numeric(.i32Sub),
          .localSet(LocalIndex(counter)),
        ] + code(body) + [.br(0), .end, .end]
      }
    }
  }

  private static func code(_ expression: Expression) -> [Operation] {
    switch expression {
    case .local(let local): [.localGet(LocalIndex(local))]
    case .constant(let value): [.const(value)]
    case .sum(let first, let second): code(first) + code(second) + [.numeric(.i32Add)]
    case .tee(let local, let value): code(value) + [.localTee(LocalIndex(local))]
    }
  }
}

/// As they are.
extension RandomLocals {
  /// Executes statements; the number of constructs that are still to be left, nil for none.
  static func run(_ statements: [Statement], _ locals: inout [UInt32]) -> Int? {
    for statement in statements {
      let left: Int?
      switch statement {
      case .set(let local, let expression):
        locals[local] = value(expression, &locals)
        left = nil
      case .block(let body): left = run(body, &locals).flatMap { $0 == 0 ? nil : $0 - 1 }
      case .choice(let condition, let first, let second):
        let body = value(condition, &locals) != 0 ? first : second
        left = run(body, &locals).flatMap { $0 == 0 ? nil : $0 - 1 }
      case .leave(let count, let condition): left = value(condition, &locals) != 0 ? count : nil
      case .loop(let counter, let times, let body):
        locals[counter] = times
        var found: Int?
        while locals[counter] != 0, found ?? 0 == 0 {
          locals[counter] -= 1
          found = run(body, &locals)
        }
        left = found.flatMap { $0 < 2 ? nil : $0 - 2 }
      }
      if left != nil { return left }
    }
    return nil
  }

  private static func value(_ expression: Expression, _ locals: inout [UInt32]) -> UInt32 {
    switch expression {
    case .local(let local): return locals[local]
    case .constant(let value): return value
    case .sum(let first, let second):
      let left = value(first, &locals)
      return left &+ value(second, &locals)
    case .tee(let local, let inner):
      locals[local] = value(inner, &locals)
      return locals[local]
    }
  }
}

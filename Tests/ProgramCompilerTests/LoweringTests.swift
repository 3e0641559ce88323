import InstructionSet
import ProgramCompiler
import RandomNumbers
import Testing
import WebAssembly

/// Every operation that the base profile lacks, against Swift's own arithmetic.
struct LoweringTests {
  static let seed: UInt64 = 20_241_121

  /// Where a test program finds its operands, leaves its result, and marks that it did not trap.
  private static let (left, right, result, mark): (UInt32, UInt32, UInt32, UInt32) = (0, 4, 8, 12)

  /// A program that applies `operation` to what `operands` push.
  private func program(_ operation: NumericOperator, _ operands: [Operation], locals: Int = 0) throws -> Program {
    let body: [Operation] =
      [.const(0)] + operands + [.numeric(operation), .store(Self.result)]
      + [.const(0), .const(1), .store(Self.mark)]
    return try ProgramCompiler().compile(ModuleSketch.module(locals: locals, body))
  }

  /// Runs the program; returns the operation's result, nil when it halted, and the tokens behind the initialisation, too many
  /// when it did not end.
  private func run(
    _ program: Program, _ a: UInt32, _ b: UInt32, on machine: inout FastMachine
  ) -> (value: UInt32?, tokens: Int) {
    machine.store(a, at: Int(Self.left), byteCount: 4)
    machine.store(b, at: Int(Self.right), byteCount: 4)
    machine.store(0, at: Int(Self.mark), byteCount: 4)
    guard machine.run(program) == .halted else { return (nil, .max) }
    let isDone = machine.load(Int(Self.mark), byteCount: 4) == 1
    return (
      isDone ? machine.load(Int(Self.result), byteCount: 4) : nil, machine.tokens - machine.tokensBeforeLoading
    )
  }

  /// What an operation of variable operands costs at most, in tokens: the greatest that the test below finds.
  private static let greatestCosts: [NumericOperator: Int] = [
    .i32Mul: 2641, .i32DivS: 3928, .i32DivU: 3777, .i32RemS: 3871, .i32RemU: 3786,
    .i32And: 593, .i32Or: 640, .i32Xor: 655,
    .i32Shl: 527, .i32ShrS: 787, .i32ShrU: 719, .i32Rotl: 697, .i32Rotr: 707,
    .i32Clz: 587, .i32Ctz: 495, .i32Popcnt: 1489, .i32Extend8S: 15, .i32Extend16S: 15,
  ]

  private static let loaded: [Operation] = [.const(0), .load(left), .const(0), .load(right)]

  @Test(arguments: IntegerOperation.binary)
  func variableOperands(operation: NumericOperator) throws {
    let program = try program(operation, Self.loaded)
    var machine = FastMachine(memoryBytes: 1 << 17)
    var generator = SplitMix64(seed: Self.seed)
    let random = (0..<10_000).map { _ in (generator.number(), generator.number()) }
    let edges = IntegerOperation.edges.flatMap { a in IntegerOperation.edges.map { (a, $0) } }
    var mostTokens = 0
    for (a, b) in edges + random {
      let (value, tokens) = run(program, a, b, on: &machine)
      mostTokens = max(mostTokens, tokens)
      guard value == IntegerOperation.result(operation, a, b) else {
        Issue.record("\(operation.rawValue)(\(a), \(b)) is \(String(describing: value)); seed \(Self.seed)")
        return
      }
    }
    let frame = run(try self.program(.i32Add, Self.loaded), 0, 0, on: &machine).tokens - 5
    #expect(mostTokens - frame == Self.greatestCosts[operation])
  }

  @Test(arguments: IntegerOperation.unary)
  func singleOperand(operation: NumericOperator) throws {
    let program = try program(operation, [.const(0), .load(Self.left)])
    var machine = FastMachine(memoryBytes: 1 << 17)
    var generator = SplitMix64(seed: Self.seed)
    var mostTokens = 0
    for a in IntegerOperation.edges + (0..<10_000).map({ _ in generator.number() }) {
      let (value, tokens) = run(program, a, 0, on: &machine)
      mostTokens = max(mostTokens, tokens)
      guard value == IntegerOperation.result(operation, a, 0) else {
        Issue.record("\(operation.rawValue)(\(a)) is \(String(describing: value)); seed \(Self.seed)")
        return
      }
    }
    let frame = run(try self.program(.i32Eqz, [.const(0), .load(Self.left)]), 0, 0, on: &machine).tokens - 5
    #expect(mostTokens - frame == Self.greatestCosts[operation])
  }

  /// No cost found is near the bound of 6,000 tokens. What is shown: the greatest cost over all pairs of edge values and
  /// 10,000 random pairs, and that walks uphill from the costliest of them, changing single bits, single bytes or one operand,
  /// do not come within a third of the bound either. It is no proof over all 2⁶⁴ pairs.
  @Test(arguments: IntegerOperation.binary)
  func costliestOperandsByHillClimbing(operation: NumericOperator) throws {
    let program = try program(operation, Self.loaded)
    var machine = FastMachine(memoryBytes: 1 << 17)
    var generator = SplitMix64(seed: Self.seed + 1)
    func cost(_ a: UInt32, _ b: UInt32) -> Int {
      let tokens = run(program, a, b, on: &machine).tokens
      return tokens == .max ? 0 : tokens
    }
    var most = 0
    for _ in 0..<4 {
      let starts = (0..<100).map { _ in (generator.number(), generator.number()) }
      var best = starts.map { (cost: cost($0, $1), a: $0, b: $1) }.max { $0.cost < $1.cost } ?? (0, 0, 0)
      for _ in 0..<1500 {
        let (a, b) = Self.neighbour(of: best.a, best.b, &generator)
        let next = cost(a, b)
        if next >= best.cost { best = (next, a, b) }
      }
      most = max(most, best.cost)
    }
    #expect(most < 4_000, "seed \(Self.seed + 1)")
  }

  private static func neighbour(
    of a: UInt32, _ b: UInt32, _ generator: inout SplitMix64
  ) -> (UInt32, UInt32) {
    let change: UInt32 =
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: generator.number()
      case 1: UInt32.random(in: 0..<256, using: &generator) << (8 * UInt32.random(in: 0..<4, using: &generator))
      default: 1 << UInt32.random(in: 0..<32, using: &generator)
      }
    return Bool.random(using: &generator) ? (a ^ change, b) : (a, b ^ change)
  }

  @Test func noOperationCostsMoreThanSixThousandTokens() {
    #expect(Set(Self.greatestCosts.keys) == Set(IntegerOperation.binary + IntegerOperation.unary))
    #expect(Self.greatestCosts.values.allSatisfy { $0 < 6_000 })
  }

  /// The three places in which the emitter finds an operand: just computed, in a variable, and behind a label.
  private static let operandShapes: [[Operation]] = [
    [.const(0), .load(left)],
    [.const(0), .load(left), .localSet(0), .localGet(0)],
    [.block(.result(.i32)), .const(0), .load(left), .end],
  ]

  @Test(arguments: IntegerOperation.binary)
  func constantRightOperand(operation: NumericOperator) throws {
    var generator = SplitMix64(seed: Self.seed)
    let constants = IntegerOperation.edges + (0..<40).map { _ in generator.number() }
    let values = IntegerOperation.edges + (0..<20).map { _ in generator.number() }
    var machine = FastMachine(memoryBytes: 1 << 17)
    var mostTokens = 0
    for constant in constants {
      let shape = Self.operandShapes[Int.random(in: 0..<3, using: &generator)]
      let program = try program(operation, shape + [.const(constant)], locals: 1)
      for value in values {
        let (found, tokens) = run(program, value, 0, on: &machine)
        mostTokens = max(mostTokens, tokens)
        guard found == IntegerOperation.result(operation, value, constant) else {
          Issue.record(
            "\(operation.rawValue)(\(value), constant \(constant)) is \(String(describing: found)); \(shape)")
          return
        }
      }
    }
    #expect(mostTokens < 6_000)
  }

  /// A constant left operand is no special case, but must not be taken for a right one.
  @Test(arguments: IntegerOperation.binary)
  func constantLeftOperand(operation: NumericOperator) throws {
    var machine = FastMachine(memoryBytes: 1 << 17)
    for constant in [0, 1, 7, 0x80, 0xFFFF_FFFF, 0x8000_0000] as [UInt32] {
      let program = try program(operation, [.const(constant), .const(0), .load(Self.right)])
      for value in IntegerOperation.edges {
        #expect(run(program, 0, value, on: &machine).value == IntegerOperation.result(operation, constant, value))
      }
    }
  }

  /// Truth values, and numbers that are known to be bytes, have shorter code of their own.
  @Test(arguments: [NumericOperator.i32And, .i32Or, .i32Xor])
  func truthValues(operation: NumericOperator) throws {
    let comparisons: [Operation] = [
      .const(0), .load(Self.left), .const(5), .numeric(.i32LtU),
      .const(0), .load(Self.right), .const(5), .numeric(.i32GeU),
    ]
    let program = try program(operation, comparisons)
    var machine = FastMachine(memoryBytes: 1 << 17)
    for (a, b) in [(1, 1), (1, 9), (9, 1), (9, 9)] as [(UInt32, UInt32)] {
      let expected = IntegerOperation.result(operation, a < 5 ? 1 : 0, b >= 5 ? 1 : 0)
      #expect(run(program, a, b, on: &machine).value == expected)
    }
    #expect(program.instructions.count < 25)
  }

  /// Two operations in one expression do not disturb each other's scratch words.
  @Test func nestedOperations() throws {
    var generator = SplitMix64(seed: Self.seed)
    var machine = FastMachine(memoryBytes: 1 << 17)
    let operations = IntegerOperation.binary
    for _ in 0..<300 {
      let (first, second, third) = (
        operations.randomElement(using: &generator) ?? .i32Mul, operations.randomElement(using: &generator) ?? .i32Mul,
        operations.randomElement(using: &generator) ?? .i32Mul
      )
      let constant = generator.number()
      // (a first b) third (b second constant)
      let operands: [Operation] =
        Self.loaded + [.numeric(first), .const(0), .load(Self.right), .const(constant), .numeric(second)]
      let program = try program(third, operands)
      for _ in 0..<20 {
        let (a, b) = (generator.number(), generator.number())
        let expected = IntegerOperation.result(first, a, b).flatMap { left in
          IntegerOperation.result(second, b, constant).flatMap { IntegerOperation.result(third, left, $0) }
        }
        guard run(program, a, b, on: &machine).value == expected else {
          Issue.record("(\(a) \(first) \(b)) \(third) (\(b) \(second) \(constant)); seed \(Self.seed)")
          return
        }
      }
    }
  }
}

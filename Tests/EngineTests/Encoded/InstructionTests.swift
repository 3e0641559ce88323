#if arch(x86_64)
  import Engine
  import Foundation
  import RandomNumbers
  import Testing

  /// Every instruction, executed on every register it may name, against Swift's arithmetic.
  @Suite struct InstructionTests {
    /// A function of two numbers, two integers and memory of 4 words.
    private typealias Function =
      @convention(c) (Double, Double, Int, Int, UnsafeMutablePointer<UInt64>) -> Double

    private static let special: [Double] = [
      0, -0.0, 1, -1, .nan, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude, -0x1p-1040,
      0x1p52 + 0.5, 0x1p63, -0x1p63, 1e300,
    ]

    /// Calls what is written: the numbers are in `xmm0` and `xmm1`, the integer in `rdi`, and memory is at `rdx`.
    private static func call(
      _ x: Double, _ y: Double, _ integer: Int, _ memory: inout [UInt64], _ write: (inout Assembler) -> Void
    ) throws -> Double {
      var assembler = Assembler()
      write(&assembler)
      assembler.returnToCaller()
      let code = try ExecutableMemory(assembler)
      return withExtendedLifetime(code) {
        memory.withUnsafeMutableBufferPointer { buffer in
          buffer.baseAddress.map { unsafeBitCast(code.code, to: Function.self)(x, y, integer, 0, $0) } ?? .nan
        }
      }
    }

    private static func isSame(_ found: Double, _ expected: Double) -> Bool {
      found.bitPattern == expected.bitPattern || found.isNaN && expected.isNaN
    }

    private static func numbers(_ generator: inout SplitMix64) -> (Double, Double) {
      func number() -> Double {
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: special.randomElement(using: &generator) ?? 0
        case 1: Double(Int.random(in: -9...9, using: &generator))
        default: Double(bitPattern: .random(in: 0...UInt64.max, using: &generator))
        }
      }
      return (number(), number())
    }

    @Test(arguments: VectorRegister.allCases)
    func arithmetic(_ register: VectorRegister) throws {
      var generator = SplitMix64(seed: 1)
      let other: VectorRegister = register == .xmm3 ? .xmm4 : .xmm3
      typealias Write = (inout Assembler, VectorRegister, Address) -> Void
      let operations: [(Write, (Double, Double) -> Double)] = [
        ({ $0.add($1, $2) }, { $0 + $1 }), ({ $0.subtract($1, $2) }, { $0 - $1 }),
        ({ $0.multiply($1, $2) }, { $0 * $1 }), ({ $0.maximum($1, $2) }, { $0 > $1 ? $0 : $1 }),
        (
          {
            $0.load(other, $2); $0.add($1, other)
          }, { $0 + $1 }
        ),
        (
          {
            $0.load(other, $2); $0.multiply($1, other)
          }, { $0 * $1 }
        ),
        (
          {
            $0.load(other, $2); $0.move($1, other)
          }, { $1 }
        ), ({ a, r, _ in a.clear(r) }, { _, _ in 0 }),
      ]
      for (number, (write, expected)) in operations.enumerated() {
        for _ in 0..<30 {
          let (x, y) = Self.numbers(&generator)
          var memory: [UInt64] = [0, y.bitPattern, 0, 0]
          let found = try Self.call(x, 0, 0, &memory) {
            $0.store(.xmm0, .at(.rdx, 16))
            $0.load(register, .at(.rdx, 16))
            write(&$0, register, .at(.rdx, 8))
            $0.store(register, .at(.rdx, 24))
            $0.load(.xmm0, .at(.rdx, 24))
          }
          #expect(Self.isSame(found, expected(x, y)), "seed 1, operation \(number) of \(x) and \(y)")
        }
      }
    }

    /// Whether each condition holds after a comparison of numbers.
    @Test func comparisons() throws {
      var generator = SplitMix64(seed: 2)
      let conditions: [(Condition, (Double, Double) -> Bool)] = [
        (.below, { !($0 >= $1) }), (.aboveOrEqual, { $0 >= $1 }), (.above, { $0 > $1 }),
        (.belowOrEqual, { !($0 > $1) }), (.equal, { !($0 < $1 || $0 > $1) }), (.notEqual, { $0 < $1 || $0 > $1 }),
        (.parity, { $0.isNaN || $1.isNaN }),
      ]
      for (condition, expected) in conditions {
        for place in 0..<60 {
          var (x, y) = Self.numbers(&generator)
          if place.isMultiple(of: 4) { x = y }
          var memory: [UInt64] = [y.bitPattern, 0, 0, 0]
          let found = try Self.call(x, y, 0, &memory) {
            let taken = $0.makeLabel()
            if place.isMultiple(of: 2) { $0.compare(.xmm0, .xmm1) } else { $0.compare(.xmm0, .at(.rdx, 0)) }
            $0.load(.xmm0, .data($0.data.constant(1)))
            $0.jump(to: taken, if: condition)
            $0.clear(.xmm0)
            $0.place(taken)
          }
          #expect((found == 1) == expected(x, y), "seed 2, \(condition) of \(x) and \(y)")
        }
      }
    }

    /// Whether each condition holds after a comparison of integers.
    @Test func integerComparisons() throws {
      var generator = SplitMix64(seed: 3)
      let conditions: [(Condition, (Int, Int) -> Bool)] = [
        (.below, { UInt(bitPattern: $0) < UInt(bitPattern: $1) }), (.equal, { $0 == $1 }), (.notEqual, { $0 != $1 }),
        (.aboveOrEqual, { UInt(bitPattern: $0) >= UInt(bitPattern: $1) }), (.lessOrEqual, { $0 <= $1 }),
        (.greater, { $0 > $1 }),
      ]
      for (condition, expected) in conditions {
        for place in 0..<60 {
          let b = Int.random(in: -9...9, using: &generator)
          let a =
            place.isMultiple(of: 3)
            ? b : place.isMultiple(of: 2) ? -b : Int.random(in: .min ... .max, using: &generator)
          for (register, isTest) in [(GeneralRegister.rdi, false), (.r10, false), (.r11, true)] {
            var memory: [UInt64] = [0, 0, 0, 0]
            let found = try Self.call(0, 0, a, &memory) {
              let taken = $0.makeLabel()
              $0.move(register, .rdi)
              $0.load(.xmm0, .data($0.data.constant(1)))
              if isTest { $0.test(register) } else { $0.compare(register, Int32(b)) }
              $0.jump(to: taken, if: isTest ? .negative : condition)
              $0.clear(.xmm0)
              $0.place(taken)
            }
            #expect((found == 1) == (isTest ? a < 0 : expected(a, b)), "seed 3, \(condition) of \(a) and \(b)")
          }
        }
      }
    }

    @Test(arguments: GeneralRegister.allCases.filter { $0 != .rsp })
    func integers(_ register: GeneralRegister) throws {
      var generator = SplitMix64(seed: 4)
      for _ in 0..<10 {
        let (a, b) = (
          Int.random(in: .min ... .max, using: &generator), Int.random(in: .min ... .max, using: &generator)
        )
        let constant = Int32.random(in: .min ... .max, using: &generator)
        let base: GeneralRegister = register == .r9 ? .r8 : .r9
        let copy: GeneralRegister = register == .r11 ? .r10 : .r11
        let expected: [((inout Assembler) -> Void, Int)] = [
          ({ $0.move(register, .rdi) }, a), ({ $0.load(register, constant) }, Int(constant)),
          ({ $0.load(register, .at(base, 8)) }, b),
          (
            {
              $0.load(register, constant); $0.add(register, .at(base, 8))
            }, Int(constant) &+ b
          ),
          (
            {
              $0.move(register, .rdi); $0.add(register, constant)
            }, a &+ Int(constant)
          ),
          (
            {
              $0.move(register, .rdi); $0.add(register, .rax)
            }, a &+ (register == .rax ? a : 40)
          ),
          ({ $0.multiply(register, .rdi, constant) }, a &* Int(constant)),
          ({ $0.loadSigned32(register, .at(base, 12)) }, b >> 32),
          ({ $0.loadUnsigned16(register, .at(base, 12)) }, b >> 32 & 0xFFFF),
          ({ $0.load(register, .data($0.data.word(UInt64(bitPattern: Int64(b))))) }, b),
          (
            {
              $0.push(.rdi); $0.pop(register)
            }, a
          ),
        ]
        for (number, (write, result)) in expected.enumerated() {
          var memory: [UInt64] = [0, UInt64(bitPattern: Int64(b)), 0, 0]
          _ = try Self.call(0, 0, a, &memory) {
            $0.move(base, .rdx)
            // What functions may not change for their callers.
            $0.push(register)
            $0.load(.rax, 40)
            write(&$0)
            $0.move(copy, register)
            $0.pop(register)
            $0.convert(.xmm0, copy)
            $0.store(.xmm0, .at(base, 16))
            $0.push(copy)
            $0.load(.xmm1, .at(.rsp, 0))
            $0.store(.xmm1, .at(base, 24))
            $0.pop(.rdi)
          }
          #expect(Int(bitPattern: UInt(memory[3])) == result, "seed 4, instruction \(number)")
          #expect(Double(bitPattern: memory[2]) == Double(result), "seed 4, instruction \(number), converted")
        }
      }
    }

    /// Elements, addresses, and numbers without what is behind the point.
    @Test func addressesAndTruncation() throws {
      for (number, scale) in Address.Scale.allCases.enumerated() {
        var memory: [UInt64] = [0, 0, 0, 0]
        _ = try Self.call(0, 0, 3, &memory) {
          $0.loadAddress(.r11, .element(.rdx, -5, index: .rdi, scale: scale))
          $0.load(.r8, -1)
          $0.multiply(.r8, .rdx, -1)
          $0.add(.r11, .r8)
          $0.convert(.xmm0, .r11)
          $0.store(.xmm0, .element(.rdx, 0, index: .rdi, scale: .eight))
        }
        #expect(Double(bitPattern: memory[3]) == Double(3 << number - 5))
      }
      for x in [0, -0.0, 0.999, -0.999, 7.5, -7.5, 0x1p62, -0x1p63] {
        var memory: [UInt64] = [0, 0, 0, 0]
        let found = try Self.call(x, 0, 0, &memory) {
          $0.truncate(.r9, .xmm0)
          $0.convert(.xmm0, .r9)
        }
        #expect(found == x.rounded(.towardZero) + 0)
      }
      for x in [.nan, .infinity, 0x1p63, -.infinity, -1e300] {
        var memory: [UInt64] = [0, 0, 0, 0]
        #expect(
          try Self.call(x, 0, 0, &memory) {
            $0.truncate(.rax, .xmm0); $0.convert(.xmm0, .rax)
          } == -0x1p63)
      }
    }

    /// A function of Swift's is called with the arguments where C has them.
    @Test func calls() throws {
      let function: @convention(c) (Double, Int, Double) -> Double = { $0 - Double($1) * $2 }
      var memory: [UInt64] = [0, 0, 0, 0]
      let found = try Self.call(100, 7, 6, &memory) {
        let end = $0.makeLabel()
        // The stack is to be at a multiple of 16.
        $0.push(.rdx)
        $0.call(.data($0.data.word(UInt64(UInt(bitPattern: unsafeBitCast(function, to: Int.self))))))
        $0.jump(to: end)
        $0.clear(.xmm0)
        $0.place(end)
        $0.pop(.rdx)
      }
      #expect(found == 58)
    }
  }
#endif

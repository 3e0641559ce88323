import InstructionSet
import ModuleExecution
import ProgramCompiler
import RandomNumbers
import Testing
import WebAssembly

/// Random calls of a module that remembers what it was called with, against node.
@Suite(
  .enabled("no clang with wasm-ld, or no node, on the path") { CommandBuild.clang != nil && CommandBuild.node != nil })
struct NodeComparisonTests {
  private static let source = """
    #define EXPORT(name) __attribute__((export_name(#name))) name
    typedef unsigned int u32;
    typedef unsigned long long u64;
    static u64 state = 0x0123456789abcdef;
    static u32 ring[64], place;

    u32 EXPORT(remember)(u32 value) {
      ring[place++ % 64] = value;
      return place;
    }
    u64 EXPORT(mix)(u64 value, u32 count) {
      state = (state ^ value) * 0x9e3779b97f4a7c15 + ring[count % 64];
      return state << (count & 63) | state >> (-count & 63);
    }
    int EXPORT(divide)(int dividend, int divisor) {
      ring[0] ^= dividend;
      return dividend / divisor % 1000;
    }
    u32 EXPORT(peek)(u32 *address) { return *address; }
    void EXPORT(poke)(u32 *address, u32 value) { *address = value; }
    u32 EXPORT(ackermann)(u32 m, u32 n) {
      return m % 3 == 0 ? n % 8 + 1 : ackermann(m % 3 - 1, n % 8 == 0 ? 1 : ackermann(m % 3, n % 8 - 1));
    }
    int EXPORT(fail)(int value) {
      if (value & 1) __builtin_unreachable();
      if (value & 2) __builtin_trap();
      return value;
    }
    double EXPORT(average)(double a, float b) { return (a + b) / 2; }
    float EXPORT(narrow)(double a, u32 b) { return (float)a * (b & 3) - 0.5f; }
    """

  private struct Function {
    let name: Name
    let parameters: [ValueType]
  }

  private static let functions = [
    Function(name: "remember", parameters: [.i32]), Function(name: "mix", parameters: [.i64, .i32]),
    Function(name: "divide", parameters: [.i32, .i32]), Function(name: "peek", parameters: [.i32]),
    Function(name: "poke", parameters: [.i32, .i32]), Function(name: "ackermann", parameters: [.i32, .i32]),
    Function(name: "fail", parameters: [.i32]), Function(name: "average", parameters: [.f64, .f32]),
    Function(name: "narrow", parameters: [.f64, .i32]),
  ]

  /// Small numbers, addresses at the ends of memory, and any bits; no NaN, whose bits JavaScript loses.
  private static func value(_ type: ValueType, _ generator: inout SplitMix64) -> WebAssemblyValue {
    switch type {
    case .f32: .f32(Float(Int16.random(in: .min ... .max, using: &generator)) / 8)
    case .f64: .f64(Double(Int64.random(in: .min ... .max, using: &generator)) / 0x1p40)
    case .i32, .i64:
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: WebAssemblyValue(type, bits: generator.next())
      case 1: WebAssemblyValue(type, bits: UInt64(131_060 + generator.next() % 16))
      default: WebAssemblyValue(type, bits: generator.next() % 5 &- 2)
      }
    }
  }

  /// Prints for each call the bits of the result, or that it trapped.
  private static func script(_ calls: [(Name, [WebAssemblyValue])]) -> String {
    let list = calls.map { name, arguments in
      let values = arguments.map { value in
        switch value {
        case .i32(let number): "\(number)"
        case .i64(let number): "\(number)n"
        case .f32(let bits): "\(Float(bitPattern: bits))"
        case .f64(let bits): "\(Double(bitPattern: bits))"
        }
      }
      return "['\(name)', [\(values.joined(separator: ", "))]]"
    }
    return """
      const bytes = require('fs').readFileSync(process.argv[2]);
      const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
      for (const [name, values] of [\(list.joined(separator: ",\n"))]) {
        try {
          console.log(String(instance.exports[name](...values)));
        } catch (error) {
          console.log('trap');
        }
      }
      """
  }

  /// A result as JavaScript prints it, which for numbers is a matter of their values.
  private static func agrees(_ outcome: ExecutionOutcome, _ line: Substring) -> Bool {
    switch outcome {
    case .returned(let values):
      switch values.first {
      case nil: line == "undefined"
      case .i32(let value): line == "\(value)"
      case .i64(let value): line == "\(value)"
      case .f32(let bits): Double(line) == Double(Float(bitPattern: bits))
      case .f64(let bits): Double(line) == Double(bitPattern: bits)
      }
    case .trapped: line == "trap"
    case .exited, .stoppedAtLimit: false
    }
  }

  @Test func callsAgree() throws {
    let seed: UInt64 = 4
    var generator = SplitMix64(seed: seed)
    let calls = (0..<300).map { _ -> (Name, [WebAssemblyValue]) in
      let function = Self.functions[Int.random(in: Self.functions.indices, using: &generator)]
      return (function.name, function.parameters.map { Self.value($0, &generator) })
    }
    let module = try CommandBuild.compile(Self.source + "void EXPORT(_start)(void) {}", flags: ["-ffreestanding"])
    let lines = try CommandBuild.output(of: Self.script(calls), module).split(separator: "\n")
    #expect(lines.count == calls.count)
    var instance = try ModuleSketch.instance(of: Module(decoding: module, acceptsLongZeros: true))
    _ = try instance.instantiate()
    var trapCount = 0
    for (call, line) in zip(calls, lines) {
      let outcome = try instance.call(call.0, call.1, limit: 1_000_000)
      if case .trapped = outcome { trapCount += 1 }
      #expect(Self.agrees(outcome, line), "seed \(seed): \(call.0) \(call.1): \(outcome), node says \(line)")
    }
    #expect((10..<calls.count / 2).contains(trapCount))
  }
}

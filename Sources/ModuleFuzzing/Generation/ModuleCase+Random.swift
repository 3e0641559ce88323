import ModuleExecution
import ProgramGenerator
import WebAssembly

extension ModuleCase {
  /// A valid module that follows from a number, and calls of what it exports.
  ///
  /// Every call ends: functions and loops take fuel, of which a call gets a little. What a NaN's bits are is never seen, but where
  /// the specification determines them: elsewhere a NaN is replaced before its bits reach an integer, memory or a sign. The calls
  /// at the end show the globals and the part of memory that most addresses lie in.
  package init(seed: UInt64) {
    var writer = ModuleWriter(seed: seed)
    let module = writer.module()
    self.init(module: module, calls: writer.calls())
  }
}

extension ModuleWriter {
  /// Random calls, then those that show what they left.
  mutating func calls() -> [ModuleCase.Call] {
    var calls: [ModuleCase.Call] = []
    for _ in 0..<random.number(in: 2...6) {
      let function = random.number(in: 0...functions.count - 1)
      let arguments = functions[function].parameters.map { random.argument(of: $0) }
      calls.append(ModuleCase.Call(Self.exportName(of: function), arguments))
    }
    calls.append(ModuleCase.Call(Self.globalsName, []))
    for address in stride(from: 0, to: Self.memoryWindow, by: 16) {
      calls.append(ModuleCase.Call(Self.memoryName, [.i32(Int32(address))]))
    }
    return calls
  }
}

import ModuleExecution
import WebAssembly

extension ModuleCase {
  /// The module's functions, an instruction a line, and the calls.
  var lines: [String] {
    var lines: [String] = []
    for (index, function) in module.functions.enumerated() {
      let type = module.types[Int(function.type)]
      let names = module.exports.compactMap { $0.kind == .function(FunctionIndex(index)) ? "'\($0.name)'" : nil }
      lines.append(
        "function \(index) \(names.joined(separator: " ")) [\(Self.text(type.parameters))] -> [\(Self.text(type.results))]"
          + " locals [\(Self.text(function.locals.map(\.type)))]")
      var depth = 1
      for instruction in function.body {
        switch instruction.operation {
        case .end, .else: depth -= 1
        default: break
        }
        lines.append(String(repeating: "  ", count: max(0, depth)) + instruction.description)
        switch instruction.operation {
        case .block, .loop, .if, .else: depth += 1
        default: break
        }
      }
    }
    return lines
      + calls.enumerated().map { number, call in
        "call \(number): " + ([call.name.description] + call.arguments.map(\.text)).joined(separator: " ")
      }
  }

  private static func text(_ types: [ValueType]) -> String { types.map(\.rawValue).joined(separator: " ") }
}

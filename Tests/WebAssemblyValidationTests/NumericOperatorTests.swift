import Testing
import WebAssembly
import WebAssemblyValidation

@Suite("Numeric operators")
struct NumericOperatorTests {
  /// What the specification's naming says of an operator: the type before the point is that of the operands and the
  /// result, unless the name compares (then the result is an i32) or converts (then the operand's type is in the name).
  private static func signature(of name: String) throws -> (operands: [ValueType], result: ValueType) {
    let parts = name.split(separator: ".")
    let type = try #require(ValueType(rawValue: String(parts[0])))
    let words = parts[1].split(separator: "_")
    if let source = words.dropFirst().compactMap({ ValueType(rawValue: String($0)) }).first { return ([source], type) }
    switch words[0] {
    case "eqz": return ([type], .i32)
    case "eq", "ne", "lt", "gt", "le", "ge": return ([type, type], .i32)
    case "clz", "ctz", "popcnt", "abs", "neg", "ceil", "floor", "trunc", "nearest", "sqrt", "extend8", "extend16",
      "extend32":
      return ([type], type)
    default: return ([type, type], type)
    }
  }

  @Test("Operands and results are what the name says", arguments: NumericOperator.allCases)
  func signatures(numericOperator: NumericOperator) throws {
    let (operands, result) = try Self.signature(of: numericOperator.rawValue)
    let constants = operands.map(Operation.constant)
    let apply = Operation.numeric(numericOperator)
    for type in ValueType.allCases {
      let module = SampleModule.around(constants + [apply], results: [type])
      #expect((validationError(module) == nil) == (type == result), "result \(type)")
      for (position, operand) in operands.enumerated() where operand != type {
        var wrong = constants
        wrong[position] = .constant(type)
        let error = validationError(SampleModule.around(wrong + [apply], results: [result]))
        #expect(error?.kind == .typeMismatch && error?.offset == SampleModule.firstInstruction + operands.count)
      }
    }
    let tooFew = validationError(SampleModule.around(constants.dropLast() + [apply], results: [result]))
    #expect(tooFew?.kind == .typeMismatch && tooFew?.offset == SampleModule.firstInstruction + operands.count - 1)
    let tooMany = validationError(SampleModule.around([.i32] + constants + [apply], results: [result]))
    #expect(tooMany?.kind == .typeMismatch)
  }

  @Test("Constants push their own type", arguments: ValueType.allCases)
  func constants(type: ValueType) {
    for result in ValueType.allCases {
      let error = validationError(SampleModule.around([.constant(type)], results: [result]))
      #expect((error == nil) == (type == result))
    }
  }
}

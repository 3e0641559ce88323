import Testing
import WebAssembly
import WebAssemblyValidation

@Suite("Walking along a function")
struct FunctionValidatorTests {
  @Test("Operands, constructs and reachability are known before each instruction")
  func walk() throws {
    let body: [Operation] = [
      .i64, .localGet(0), .loop(.type(2)), .brIf(0), .unreachable, .drop, .i32, .end, .drop,
    ]
    let module = SampleModule.around(body, parameters: [.i32], results: [.i64])
    let spaces = try IndexSpaces(module)
    var validator = try FunctionValidator(module.functions[0], index: 0, in: spaces)
    var operands: [[ValueType?]] = []
    var depths: [Int] = []
    var reachable: [Bool] = []
    #expect(throws: ValidationError.self) { try validator.checkIsComplete() }
    for instruction in module.functions[0].body.prefix(3) {
      operands.append(validator.operands)
      try validator.check(instruction)
    }
    #expect(operands == [[], [.i64], [.i64, .i32]])
    #expect(validator.operands == [.i64, .i32] && validator.frames.count == 2)
    #expect(validator.frames.last?.height == 1 && validator.frames.last?.construct == .loop)
    #expect(try validator.labelTypes(0) == [.i32] && validator.labelTypes(1) == [.i64])
    // br_if takes the condition, then misses the loop's parameter.
    var copy = validator
    #expect(throws: ValidationError.self) { try copy.check(module.functions[0].body[3]) }
    for instruction in module.functions[0].body.dropFirst(4) {
      depths.append(validator.frames.count)
      reachable.append(validator.isReachable)
      try validator.check(instruction)
    }
    try validator.checkIsComplete()
    #expect(depths == [2, 2, 2, 2, 1, 1])
    #expect(reachable == [true, false, false, false, true, true])
    #expect(validator.frames.isEmpty && validator.operands == [.i64] && !validator.isReachable)
  }
}

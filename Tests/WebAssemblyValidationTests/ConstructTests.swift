import Testing
import WebAssembly
import WebAssemblyValidation

@Suite("Constructs and branches")
struct ConstructTests {
  @Test("The function's results are exactly what is left at its end")
  func functionResults() {
    expectValid()
    expectValid(.i32, .i64, results: [.i32, .i64])
    expectInvalid(.typeMismatch, at: 0, results: [.i32])
    expectInvalid(.typeMismatch, at: 1, .i32)
    expectInvalid(.typeMismatch, at: 1, .i64, results: [.i32])
    expectInvalid(.typeMismatch, at: 2, .i32, .i32, results: [.i32])
    expectInvalid(.typeMismatch, at: 2, .i64, .i32, results: [.i32, .i64])
    // Parameters are locals, not operands.
    expectInvalid(.typeMismatch, at: 0, parameters: [.i32], results: [.i32])
  }

  @Test("Blocks and loops leave their results, and see only their parameters", arguments: [true, false])
  func blocks(isLoop: Bool) {
    let open = isLoop ? Operation.loop : Operation.block
    expectValid(open(.empty), .end)
    expectValid(open(.result(.f32)), .f32, .end, results: [.f32])
    expectInvalid(.typeMismatch, at: 1, open(.result(.f32)), .end, results: [.f32])
    expectInvalid(.typeMismatch, at: 2, open(.empty), .i32, .end)
    expectInvalid(.typeMismatch, at: 2, open(.result(.f32)), .f64, .end, results: [.f32])
    expectInvalid(.typeMismatch, at: 2, .i32, open(.empty), .drop, .end)
    expectValid(.i32, .i64, open(.type(4)), .end, results: [.i32, .i64])
    expectValid(.i32, .i64, open(.type(1)), .drop, .drop, .f32, .f64, .end, results: [.f32, .f64])
    expectInvalid(.typeMismatch, at: 1, .i32, open(.type(1)), .unreachable, .end, results: [.f32, .f64])
    expectInvalid(.typeMismatch, at: 2, .i64, .i32, open(.type(1)), .unreachable, .end, results: [.f32, .f64])
    expectInvalid(.typeMismatch, at: 3, .i32, .i64, open(.type(1)), .end, results: [.f32, .f64])
    expectInvalid(.unknownType, at: 0, open(.type(5)), .end)
    expectInvalid(.unknownType, at: 0, open(.type(.max)), .end)
  }

  @Test("Both arms of an if agree, and a missing else stands for nothing to do")
  func conditionals() {
    expectValid(.i32, .if(.empty), .nop, .end)
    expectValid(.i32, .if(.result(.i64)), .i64, .else, .i64, .end, results: [.i64])
    expectValid(.i32, .if(.empty), .else, .end)
    expectInvalid(.typeMismatch, at: 3, .i32, .if(.result(.i64)), .i64, .end, results: [.i64])
    expectInvalid(.typeMismatch, at: 2, .i32, .if(.result(.i64)), .else, .i64, .end, results: [.i64])
    expectInvalid(.typeMismatch, at: 4, .i32, .if(.result(.i64)), .i64, .else, .end, results: [.i64])
    expectInvalid(.typeMismatch, at: 5, .i32, .if(.result(.i64)), .i64, .else, .i32, .end, results: [.i64])
    expectInvalid(.typeMismatch, at: 3, .i32, .if(.empty), .i32, .else, .drop, .end)
    expectInvalid(.typeMismatch, at: 0, .if(.empty), .end)
    expectInvalid(.typeMismatch, at: 1, .i64, .if(.empty), .end)
    expectInvalid(.unknownType, at: 0, .if(.type(5)), .end)
    // With parameters: each arm begins with them.
    expectValid(.i32, .i64, .i32, .if(.type(4)), .end, results: [.i32, .i64])
    expectValid(.i32, .i64, .i32, .if(.type(4)), .else, .drop, .i64, .end, results: [.i32, .i64])
    expectInvalid(.typeMismatch, at: 5, .i32, .i64, .i32, .if(.type(1)), .unreachable, .end, results: [.f32, .f64])
  }

  @Test("A branch takes the label's types: of a block its results, of a loop its parameters")
  func branches() {
    expectValid(.block(.result(.i32)), .i32, .br(0), .end, results: [.i32])
    expectValid(.i64, .i32, .br(0), results: [.i32])
    expectInvalid(.typeMismatch, at: 2, .i32, .block(.result(.i32)), .br(0), .end, results: [.i32])
    expectInvalid(.typeMismatch, at: 2, .block(.result(.i32)), .i64, .br(0), .end, results: [.i32])
    expectValid(.loop(.result(.i32)), .br(0), .end, results: [.i32])
    expectInvalid(.typeMismatch, at: 3, .i32, .i64, .loop(.type(1)), .br(1), .end, results: [.f32, .f64])
    expectValid(.i32, .i64, .loop(.type(1)), .br(0), .end, results: [.f32, .f64])
    expectValid(.i32, .br(0), results: [.i32])
    expectInvalid(.unknownLabel, at: 0, .br(1))
    expectInvalid(.unknownLabel, at: 1, .block(.empty), .br(2), .end)
    expectInvalid(.unknownLabel, at: 0, .br(.max))
    expectInvalid(.unknownLabel, at: 1, .i32, .brIf(1))
    // A label ends with its block.
    expectInvalid(.unknownLabel, at: 2, .block(.empty), .end, .br(1))
  }

  @Test("br_if pops the condition and keeps the label's operands")
  func conditionalBranches() {
    expectValid(.i64, .i32, .brIf(0), results: [.i64])
    expectValid(.i32, .brIf(0))
    expectInvalid(.typeMismatch, at: 0, .brIf(0))
    expectInvalid(.typeMismatch, at: 1, .i64, .brIf(0))
    expectInvalid(.typeMismatch, at: 1, .i32, .brIf(0), results: [.i64])
    expectInvalid(.typeMismatch, at: 2, .i32, .i32, .brIf(0), results: [.i64])
    expectInvalid(.typeMismatch, at: 2, .i32, .brIf(0), .drop)
    expectInvalid(.typeMismatch, at: 4, .block(.result(.i64)), .i64, .i32, .brIf(0), .numeric(.i32Eqz), .end, .drop)
  }

  @Test("All labels of br_table take the same types, even in unreachable code")
  func branchTables() {
    expectValid(.i32, .table(0))
    expectValid(.i32, .table(0, 0, 0))
    expectValid(.block(.result(.i32)), .i32, .i32, .table(0, 1, 0), .end, results: [.i32])
    // Other types of the same shape are the same.
    expectValid(
      .block(.result(.i32)), .block(.result(.i32)), .i32, .i32, .table(0, 1, 2), .end, .end, results: [.i32])
    expectInvalid(.typeMismatch, at: 0, .table(0))
    expectInvalid(.typeMismatch, at: 1, .i64, .table(0))
    expectInvalid(.typeMismatch, at: 1, .i32, .table(0), results: [.i32])
    expectInvalid(.typeMismatch, at: 3, .block(.empty), .i32, .i32, .table(0, 1), .end, .i32, results: [.i32])
    expectInvalid(.typeMismatch, at: 3, .block(.empty), .i32, .i32, .table(1, 0), .end, .i32, results: [.i32])
    expectInvalid(
      .typeMismatch, at: 2, .block(.result(.f32)), .unreachable, .table(0, 1), .end, .drop, .i32, results: [.i32])
    expectInvalid(.unknownLabel, at: 1, .i32, .table(1))
    expectInvalid(.unknownLabel, at: 1, .i32, .table(1, 0))
    expectInvalid(.unknownLabel, at: 1, .i32, .table(0, .max))
  }

  @Test("return takes the function's results from anywhere")
  func returns() {
    expectValid(.i32, .return, results: [.i32])
    expectValid(.block(.result(.f64)), .loop(.empty), .i32, .return, .end, .f64, .end, .drop, .i32, results: [.i32])
    expectInvalid(.typeMismatch, at: 0, .return, results: [.i32])
    expectInvalid(.typeMismatch, at: 1, .i64, .return, results: [.i32])
    expectInvalid(.typeMismatch, at: 2, .i32, .block(.empty), .return, .end, results: [.i32])
  }

  @Test("Calls take the parameters and leave the results")
  func calls() {
    expectValid(.i32, .i64, .call(1), results: [.f32, .f64])
    expectValid(.i32, .i64, .i32, .callIndirect(1), results: [.f32, .f64])
    expectInvalid(.typeMismatch, at: 1, .i64, .call(1), results: [.f32, .f64])
    expectInvalid(.typeMismatch, at: 2, .i64, .i32, .call(1), results: [.f32, .f64])
    expectInvalid(.typeMismatch, at: 2, .i32, .i64, .callIndirect(1), results: [.f32, .f64])
    expectInvalid(.typeMismatch, at: 3, .i32, .i64, .call(1), results: [.f64, .f32])
    expectInvalid(.unknownFunction, at: 0, .call(2))
    expectInvalid(.unknownFunction, at: 0, .call(.max))
    expectInvalid(.unknownType, at: 0, .callIndirect(5))
    expectInvalid(.unknownType, at: 0, .callIndirect(.max))
  }
}

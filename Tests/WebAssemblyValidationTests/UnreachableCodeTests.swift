import Testing
import WebAssembly
import WebAssemblyValidation

@Suite("Unreachable code")
struct UnreachableCodeTests {
  private static let transfers: [[Operation]] = [
    [.unreachable], [.br(0)], [.return], [.i32, .table(0)], [.loop(.empty), .br(0), .end, .unreachable],
  ]

  @Test("After a transfer the stack has any operands asked for", arguments: transfers)
  func polymorphism(transfer: [Operation]) {
    let continuations: [[Operation]] = [
      [], [.drop, .drop], [.numeric(.i32Add), .drop], [.i64, .numeric(.i64Add), .drop], [.select, .drop],
      [.i32, .select, .numeric(.f32Neg), .drop], [.f64, .i32, .select, .numeric(.f64Neg), .drop],
      [.call(1), .drop, .drop], [.brIf(0)], [.block(.type(4)), .end, .drop, .drop],
      [.if(.empty), .end], [.localTee(0), .drop], [.br(0)], [.return],
    ]
    for continuation in continuations {
      // The block's own operands are gone; those below it are out of reach.
      let body = [.f32, .block(.empty)] + transfer + continuation + [.end, .drop]
      let module = SampleModule.around(body, locals: [.init(count: 1, type: .i32)])
      let error = validationError(module)
      #expect(error == nil, "\(continuation): \(error?.description ?? "")")
    }
  }

  @Test("Operands that are known keep their types")
  func knownTypes() {
    expectInvalid(.typeMismatch, at: 2, .unreachable, .i64, .numeric(.i32Eqz))
    expectInvalid(.typeMismatch, at: 2, .unreachable, .i64, .select, .drop)
    expectInvalid(.typeMismatch, at: 4, .unreachable, .i32, .i64, .i32, .select)
    expectInvalid(.typeMismatch, at: 4, .unreachable, .f32, .i32, .select, .numeric(.f64Neg), .drop)
    expectInvalid(.typeMismatch, at: 3, .unreachable, .i32, .numeric(.i32Eqz), .numeric(.i64Eqz), .drop)
    expectInvalid(.typeMismatch, at: 2, .unreachable, .f32, results: [.i32])
    expectInvalid(.typeMismatch, at: 3, .unreachable, .i64, .i32, .brIf(0), results: [.i32])
    expectValid(.unreachable, .i64, .call(1), results: [.f32, .f64])
    expectInvalid(.typeMismatch, at: 2, .unreachable, .i32, .call(1), results: [.f32, .f64])
    expectInvalid(.typeMismatch, at: 3, .unreachable, .i64, .i64, .call(1), results: [.f32, .f64])
  }

  @Test("Too many operands stay too many")
  func surplus() {
    expectInvalid(.typeMismatch, at: 2, .unreachable, .i32)
    expectInvalid(.typeMismatch, at: 3, .unreachable, .i32, .i32, results: [.i32])
    expectValid(.unreachable, .i32, results: [.i32, .i32])
    expectValid(.unreachable, results: [.i32, .i64])
  }

  @Test("A block in unreachable code begins reachable, and its end makes nothing unreachable outside")
  func nesting() {
    expectInvalid(.typeMismatch, at: 2, .unreachable, .block(.empty), .drop, .end)
    expectInvalid(.typeMismatch, at: 3, .block(.empty), .unreachable, .end, .drop)
    expectInvalid(.typeMismatch, at: 4, .i32, .if(.empty), .unreachable, .else, .drop, .end)
    expectValid(.unreachable, .block(.empty), .end, .drop)
    expectInvalid(.unknownLocal, at: 1, .unreachable, .localGet(0))
    expectInvalid(.unknownLabel, at: 1, .unreachable, .br(1))
  }

  @Test("A br_if in unreachable code leaves the label's types, not unknown ones")
  func conditionalBranch() {
    expectInvalid(
      .typeMismatch, at: 3, .block(.result(.i32)), .unreachable, .brIf(0), .numeric(.f32Neg), .drop, .i32, .end, .drop)
  }
}

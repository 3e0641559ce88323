import Testing
import WebAssembly
import WebAssemblyValidation

@Suite("Operands and variables")
struct VariableTests {
  @Test("drop takes any type, but takes one")
  func drop() {
    for type in ValueType.allCases { expectValid(.constant(type), .drop) }
    expectInvalid(.typeMismatch, at: 0, .drop)
  }

  @Test("select takes two values of one type and an i32")
  func select() {
    for type in ValueType.allCases {
      expectValid(.constant(type), .constant(type), .i32, .select, results: [type])
      for other in ValueType.allCases where other != type {
        expectInvalid(.typeMismatch, at: 3, .constant(type), .constant(other), .i32, .select, results: [type])
      }
    }
    expectInvalid(.typeMismatch, at: 3, .i32, .i32, .i64, .select, results: [.i32])
    expectInvalid(.typeMismatch, at: 4, .i64, .i64, .i32, .select, results: [.i32])
    expectInvalid(.typeMismatch, at: 2, .i32, .i32, .select, results: [.i32])
  }

  @Test("Locals follow the parameters, run by run")
  func locals() {
    let runs: [Function.LocalRun] = [
      .init(count: 0, type: .i32), .init(count: 2, type: .f32), .init(count: 0, type: .i64),
      .init(count: 1, type: .f64),
    ]
    let types: [ValueType] = [.i64, .i32, .f32, .f32, .f64]
    for (index, type) in types.enumerated() {
      let index = LocalIndex(index)
      expectValid(.localGet(index), parameters: [.i64, .i32], results: [type], locals: runs)
      expectValid(.constant(type), .localSet(index), parameters: [.i64, .i32], locals: runs)
      expectValid(.constant(type), .localTee(index), parameters: [.i64, .i32], results: [type], locals: runs)
      for other in ValueType.allCases where other != type {
        expectInvalid(.typeMismatch, at: 1, .constant(other), .localSet(index), parameters: [.i64, .i32], locals: runs)
        expectInvalid(.typeMismatch, at: 1, .localGet(index), parameters: [.i64, .i32], results: [other], locals: runs)
        expectInvalid(
          .typeMismatch, at: 2, .constant(type), .localTee(index), parameters: [.i64, .i32], results: [other],
          locals: runs)
        expectInvalid(
          .typeMismatch, at: 1, .constant(other), .localTee(index), parameters: [.i64, .i32], results: [type],
          locals: runs)
      }
    }
    expectInvalid(.unknownLocal, at: 0, .localGet(5), parameters: [.i64, .i32], locals: runs)
    expectInvalid(.unknownLocal, at: 0, .localSet(.max), parameters: [.i64, .i32], locals: runs)
    expectInvalid(.unknownLocal, at: 0, .localTee(0))
    expectInvalid(.unknownLocal, at: 0, .localGet(0), locals: [.init(count: 0, type: .i32)])
    expectInvalid(.typeMismatch, at: 0, .localSet(0), parameters: [.i32])
  }

  @Test("Four billion locals take no room")
  func manyLocals() {
    let runs: [Function.LocalRun] = [.init(count: .max - 1, type: .i32), .init(count: 1, type: .f64)]
    expectValid(.localGet(0), .localGet(.max - 1), results: [.i32, .f64], locals: runs)
    expectInvalid(.unknownLocal, at: 0, .localGet(.max), locals: runs)
    expectValid(.localGet(.max), parameters: [.i64], results: [.f64], locals: runs)
  }

  @Test("Globals have their type, and only some may be set")
  func globals() {
    expectValid(.globalGet(0), .globalSet(0))
    expectValid(.globalGet(1), results: [.f64])
    expectInvalid(.typeMismatch, at: 1, .globalGet(1), results: [.i32])
    expectInvalid(.immutableGlobal, at: 1, .f64, .globalSet(1))
    expectInvalid(.immutableGlobal, at: 0, .globalSet(1))
    expectInvalid(.typeMismatch, at: 1, .f64, .globalSet(0))
    expectInvalid(.unknownGlobal, at: 0, .globalGet(2))
    expectInvalid(.unknownGlobal, at: 1, .i32, .globalSet(.max))
  }
}

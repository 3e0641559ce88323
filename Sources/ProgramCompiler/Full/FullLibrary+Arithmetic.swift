import Foundation
package import WebAssembly

extension FullLibrary {
  /// The operators that the machine does not have, each as an exported function: `Sources/CArithmetic`, compiled by
  /// `Scripts/build-arithmetic`.
  package static let arithmetic = Result { () throws(ProgramCompilerError) in
    try FullLibrary(name: "arithmetic", decoding: arithmeticBytes)
  }

  /// The module that ships.
  package static let arithmeticBytes = PackageResources.arithmetic_wasm
}

extension NumericOperator {
  /// The name of the arithmetic library's function for the operator.
  package var routineName: Name {
    Name("carithmetic_" + rawValue.replacing(".", with: "_"))
  }

  /// Whether the operator is a function of the arithmetic library.
  package var isRoutine: Bool {
    switch self {
    case .i32DivS, .i32RemS, .i64DivS, .i64DivU, .i64RemS, .i64RemU: true
    case .f32Eq, .f32Lt, .f32Gt, .f32Le, .f32Ge, .f64Eq, .f64Lt, .f64Gt, .f64Le, .f64Ge: true
    case .f32Ceil, .f32Floor, .f32Trunc, .f32Nearest, .f32Sqrt, .f32Add, .f32Mul, .f32Div, .f32Min, .f32Max: true
    case .f64Ceil, .f64Floor, .f64Trunc, .f64Nearest, .f64Sqrt, .f64Add, .f64Mul, .f64Div, .f64Min, .f64Max: true
    case .i32TruncF32S, .i32TruncF32U, .i32TruncF64S, .i32TruncF64U: true
    case .i64TruncF32S, .i64TruncF32U, .i64TruncF64S, .i64TruncF64U: true
    case .i32TruncSatF32S, .i32TruncSatF32U, .i32TruncSatF64S, .i32TruncSatF64U: true
    case .i64TruncSatF32S, .i64TruncSatF32U, .i64TruncSatF64S, .i64TruncSatF64U: true
    case .f32ConvertI32S, .f32ConvertI32U, .f32ConvertI64S, .f32ConvertI64U, .f32DemoteF64: true
    case .f64ConvertI32S, .f64ConvertI32U, .f64ConvertI64S, .f64ConvertI64U, .f64PromoteF32: true
    default: false
    }
  }
}

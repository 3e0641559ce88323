import Foundation
package import WebAssembly

extension FullLibrary {
  /// The operators that the machine does not have, each as an exported function: `Sources/CArithmetic`, compiled by
  /// `Scripts/build-arithmetic`.
  package static let arithmetic = Result { () throws(ProgramCompilerError) in
    try FullLibrary(name: "arithmetic", decoding: PackageResources.arithmetic_wasm)
  }
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
    default: false
    }
  }
}

package import CKernels

extension Qwen3Configuration.GateActivation {
  /// The kernels' name for the function.
  package var function: ActivationFunction {
    switch self {
    case .silu: .silu
    case .gelu: .gelu
    case .geluTanh: .geluTanh
    case .relu: .relu
    }
  }
}

package import CKernels

/// One version of every kernel.
package struct Kernels: Sendable {
  /// The instructions it uses.
  package let unit: VectorUnit
  /// Its functions.
  package let functions: KernelFunctions

  /// The fastest version that this processor runs.
  package static let fastest: Kernels = VectorUnit.available.reversed().lazy.compactMap(Kernels.init).first ?? .plain

  /// The version in plain Swift.
  package static let plain = Kernels(unit: .plain, functions: PlainKernels.functions)

  private init(unit: VectorUnit, functions: KernelFunctions) {
    self.unit = unit
    self.functions = functions
  }

  /// The version for a vector unit; nil when this processor cannot run it.
  package init?(_ unit: VectorUnit) {
    guard VectorUnit.available.contains(unit) else { return nil }
    let functions =
      switch unit {
      case .plain: PlainKernels.functions as KernelFunctions?
      case .avx2: ckernels_avx2()?.pointee
      case .avx512: ckernels_avx512()?.pointee
      case .avx512VNNI: ckernels_avx512_vnni()?.pointee
      case .amx: ckernels_amx()?.pointee
      case .neon: ckernels_neon()?.pointee
      }
    guard let functions else { return nil }
    self.init(unit: unit, functions: functions)
  }
}

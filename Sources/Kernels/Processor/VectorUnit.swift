import CKernels

/// A set of vector instructions that the kernels have a version for.
package enum VectorUnit: String, CaseIterable, Sendable {
  /// Plain Swift, on any processor.
  case plain
  /// AVX2 with fused multiply-add.
  case avx2
  /// AVX-512 with the AVX2 version of the int8 product.
  case avx512
  /// AVX-512 with its int8 dot product.
  case avx512VNNI
  /// AVX-512, and tiles for the int8 product of many positions.
  case amx
  /// NEON with its int8 dot product.
  case neon

  /// Those that this processor and operating system can run, slowest first.
  package static let available: [VectorUnit] = {
    let features = ckernels_processor_features()
    return allCases.filter { unit in
      switch unit {
      case .plain: true
      case .avx2: features.avx2
      case .avx512: features.avx512
      case .avx512VNNI: features.avx512_vnni
      case .amx: features.amx_int8
      case .neon: features.neon
      }
    }
  }()
}

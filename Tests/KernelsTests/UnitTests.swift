import Kernels
import Testing

/// Says which versions this machine cannot run; all the other tests go through those that it can.
@Suite struct UnitTests {
  @Test func plainSwiftIsAlwaysThere() {
    #expect(VectorUnit.available.first == .plain)
    #expect(VectorUnit.available.contains(Kernels.fastest.unit))
  }

  @Test(.enabled(if: VectorUnit.available.contains(.avx2), "this processor has no AVX2: compiled, not run"))
  func avx2IsCompared() { #expect(Kernels(.avx2) != nil) }

  @Test(.enabled(if: VectorUnit.available.contains(.avx512), "this processor has no AVX-512: compiled, not run"))
  func avx512IsCompared() { #expect(Kernels(.avx512) != nil) }

  @Test(
    .enabled(if: VectorUnit.available.contains(.avx512VNNI), "this processor has no AVX-512 VNNI: compiled, not run"))
  func avx512VNNIIsCompared() { #expect(Kernels(.avx512VNNI) != nil) }

  @Test(.enabled(if: VectorUnit.available.contains(.amx), "this processor has no AMX tiles: compiled, not run"))
  func amxIsCompared() { #expect(Kernels(.amx) != nil) }

  @Test(.enabled(if: VectorUnit.available.contains(.neon), "this processor has no NEON dot product: not compiled in"))
  func neonIsCompared() { #expect(Kernels(.neon) != nil) }
}

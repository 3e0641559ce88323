package import CKernels

/// The kernels in plain Swift: what every other version must equal bit for bit, and what runs where there is no other.
package enum PlainKernels {
  /// The functions as the dispatch table has them.
  package static var functions: KernelFunctions {
    KernelFunctions(
      product_f32: { PlainKernels.product($0.pointee, of: Float.self) },
      product_bf16: { PlainKernels.product($0.pointee, of: BFloat16Bits.self) },
      product_f16: { PlainKernels.product($0.pointee, of: Float16Bits.self) },
      product_int8: { PlainKernels.product($0.pointee) },
      round: { PlainKernels.round($0.pointee) },
      normalize: { PlainKernels.normalize($0.pointee) },
      rotate: { PlainKernels.rotate($0.pointee) },
      activate: { PlainKernels.activate($0.pointee) },
      attend: { PlainKernels.attend($0.pointee) }, activation_layout: .words)
  }

  /// Calls the body for each sixteen elements with their offset and number, which is less than sixteen only at the end.
  static func forEachLanes(_ count: Int, _ body: (_ offset: Int, _ count: Int) -> Void) {
    for offset in stride(from: 0, to: count, by: Lanes.scalarCount) {
      body(offset, min(Lanes.scalarCount, count - offset))
    }
  }
}

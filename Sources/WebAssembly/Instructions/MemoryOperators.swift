/// An instruction that reads memory, in the order of the opcodes.
///
/// The raw value is the name in the text format.
public enum LoadOperator: String, Hashable, Sendable, CaseIterable {
  case i32Load = "i32.load"
  case i64Load = "i64.load"
  case f32Load = "f32.load"
  case f64Load = "f64.load"
  case i32Load8S = "i32.load8_s"
  case i32Load8U = "i32.load8_u"
  case i32Load16S = "i32.load16_s"
  case i32Load16U = "i32.load16_u"
  case i64Load8S = "i64.load8_s"
  case i64Load8U = "i64.load8_u"
  case i64Load16S = "i64.load16_s"
  case i64Load16U = "i64.load16_u"
  case i64Load32S = "i64.load32_s"
  case i64Load32U = "i64.load32_u"
}

/// An instruction that writes memory, in the order of the opcodes.
///
/// The raw value is the name in the text format.
public enum StoreOperator: String, Hashable, Sendable, CaseIterable {
  case i32Store = "i32.store"
  case i64Store = "i64.store"
  case f32Store = "f32.store"
  case f64Store = "f64.store"
  case i32Store8 = "i32.store8"
  case i32Store16 = "i32.store16"
  case i64Store8 = "i64.store8"
  case i64Store16 = "i64.store16"
  case i64Store32 = "i64.store32"
}

/// The instructions of the base profile: what a compiled program may consist of.
///
/// The raw value is the token's text. Everything else there is to say about an opcode is in its ``description``.
public enum Opcode: String, Hashable, Sendable, CaseIterable {
  case halt
  case `return`
  case call
  case br
  case brIf = "br_if"
  case drop
  case select
  case localGet = "local.get"
  case localSet = "local.set"
  case localTee = "local.tee"
  case globalGet = "global.get"
  case globalSet = "global.set"
  case load = "i32.load"
  case load8Signed = "i32.load8_s"
  case load8Unsigned = "i32.load8_u"
  case load16Signed = "i32.load16_s"
  case load16Unsigned = "i32.load16_u"
  case store = "i32.store"
  case store8 = "i32.store8"
  case store16 = "i32.store16"
  case const = "i32.const"
  case eqz = "i32.eqz"
  case eq = "i32.eq"
  case ne = "i32.ne"
  case ltSigned = "i32.lt_s"
  case ltUnsigned = "i32.lt_u"
  case gtSigned = "i32.gt_s"
  case gtUnsigned = "i32.gt_u"
  case leSigned = "i32.le_s"
  case leUnsigned = "i32.le_u"
  case geSigned = "i32.ge_s"
  case geUnsigned = "i32.ge_u"
  case add = "i32.add"
  case sub = "i32.sub"
  case output
  case inputBase = "input_base"
}

/// The instructions of the full profile.
///
/// The raw value is the token's text. Everything else there is to say about an opcode is in its ``description``. Names that
/// WebAssembly has mean what they mean there; `Documentation/FullProfile.md` explains the others.
public enum FullOpcode: String, Hashable, Sendable, CaseIterable {
  // Control.
  case halt
  case trap
  case host
  case br
  case brIf = "br_if"
  case brUnless = "br_unless"
  case brTable = "br_table"
  case jump
  case tableGet = "table.get"
  case jumpThere = "jump_there"
  case label
  case enter
  // The operand stack and what lies on it.
  case const = "i32.const"
  case wideConst = "i64.const"
  case pop
  case select = "i32.select"
  case wideSelect = "i64.select"
  case copy = "i32.copy"
  case wideCopy = "i64.copy"
  case localGet = "local.get"
  case localSet = "i32.local.set"
  case localTee = "i32.local.tee"
  case wideLocalSet = "i64.local.set"
  case wideLocalTee = "i64.local.tee"
  case globalGet = "global.get"
  case globalSet = "i32.global.set"
  case wideGlobalSet = "i64.global.set"
  // Memory.
  case memorySet = "memory.set"
  case load = "i32.load"
  case load8Signed = "i32.load8_s"
  case load8Unsigned = "i32.load8_u"
  case load16Signed = "i32.load16_s"
  case load16Unsigned = "i32.load16_u"
  case wideLoad = "i64.load"
  case wideLoad8Signed = "i64.load8_s"
  case wideLoad8Unsigned = "i64.load8_u"
  case wideLoad16Signed = "i64.load16_s"
  case wideLoad16Unsigned = "i64.load16_u"
  case wideLoad32Signed = "i64.load32_s"
  case wideLoad32Unsigned = "i64.load32_u"
  case store8
  case store16
  case store32
  case store64
  // Arithmetic of i32.
  case add = "i32.add"
  case sub = "i32.sub"
  case multiply = "i32.mul"
  case divide = "i32.div_u"
  case and = "i32.and"
  case or = "i32.or"
  case xor = "i32.xor"
  case andByte = "i32.and_byte"
  case subFromByte = "i32.sub_from_byte"
  case shiftLeft = "i32.shl"
  case shiftRightUnsigned = "i32.shr_u"
  case shiftRightSigned = "i32.shr_s"
  case rotateLeft = "i32.rotl"
  case leadingZeros = "i32.clz"
  case trailingZeros = "i32.ctz"
  case ones = "i32.popcnt"
  case extend8 = "i32.extend8_s"
  case extend16 = "i32.extend16_s"
  case wrap = "i32.wrap_i64"
  // Arithmetic of i64.
  case wideAdd = "i64.add"
  case wideSub = "i64.sub"
  case wideMultiply = "i64.mul"
  case wideAnd = "i64.and"
  case wideOr = "i64.or"
  case wideXor = "i64.xor"
  case wideShiftLeft = "i64.shl"
  case wideShiftRightUnsigned = "i64.shr_u"
  case wideShiftRightSigned = "i64.shr_s"
  case wideRotateLeft = "i64.rotl"
  case wideLeadingZeros = "i64.clz_i32"
  case wideTrailingZeros = "i64.ctz_i32"
  case wideOnes = "i64.popcnt_i32"
  case wideExtend8 = "i64.extend8_s"
  case wideExtend16 = "i64.extend16_s"
  case wideExtend32 = "i64.extend32_s"
  case extendSigned = "i64.extend_i32_s"
  case extendUnsigned = "i64.extend_i32_u"
  // Comparisons.
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
  case wideEq = "i64.eq"
  case wideNe = "i64.ne"
  case wideLtSigned = "i64.lt_s"
  case wideLtUnsigned = "i64.lt_u"
  case wideGtSigned = "i64.gt_s"
  case wideGtUnsigned = "i64.gt_u"
  case wideLeSigned = "i64.le_s"
  case wideLeUnsigned = "i64.le_u"
  case wideGeSigned = "i64.ge_s"
  case wideGeUnsigned = "i64.ge_u"
  case output
}

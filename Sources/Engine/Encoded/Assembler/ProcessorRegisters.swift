/// The general registers of x86-64, by the numbers that instructions have for them.
package enum GeneralRegister: UInt8, CaseIterable, Sendable {
  case rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15
}

/// The SSE registers, of which instructions here use the lower half: one number.
package enum VectorRegister: UInt8, CaseIterable, Sendable {
  case xmm0, xmm1, xmm2, xmm3, xmm4, xmm5, xmm6, xmm7, xmm8, xmm9, xmm10, xmm11, xmm12, xmm13, xmm14, xmm15
}

/// When a jump is taken, by the flags that the comparison before it left.
///
/// A comparison of numbers leaves the flags of one of unsigned integers; if one of them is NaN, it is `parity`, `below` and `equal` at once.
package enum Condition: UInt8, CaseIterable, Sendable {
  case below = 0x2
  case aboveOrEqual = 0x3
  case equal = 0x4
  case notEqual = 0x5
  case belowOrEqual = 0x6
  case above = 0x7
  case negative = 0x8
  case parity = 0xA
  case lessOrEqual = 0xE
  case greater = 0xF
}

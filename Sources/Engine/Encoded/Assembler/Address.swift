/// Where an operand in memory is.
package enum Address: Hashable, Sendable {
  /// At a register and a distance in bytes.
  case at(GeneralRegister, Int32)
  /// At a register, a distance and another register times 1, 2, 4 or 8 bytes. The other cannot be `rsp`.
  case element(GeneralRegister, Int32, index: GeneralRegister, scale: Scale)
  /// In the data that come with the code.
  case data(DataSection.Offset)

  /// The size of an element, by the number that instructions have for it.
  package enum Scale: UInt8, CaseIterable, Sendable {
    case one, two, four, eight
  }
}

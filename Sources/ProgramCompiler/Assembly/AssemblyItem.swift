import InstructionSet

/// A place in a code unit that jumps name before it has an address.
struct Label: Hashable, Sendable {
  let number: Int
}

/// One step of a code unit whose jumps are still symbolic.
enum AssemblyItem: Hashable, Sendable {
  case instruction(InstructionSet.Instruction)
  /// No instruction: the place of the next one.
  case label(Label)
  case branch(Label)
  /// Branches when the popped operand is not zero.
  case branchIf(Label)
  case call(CodeUnit)
  /// `return`, or `halt` in the unit that the program begins with.
  case `return`

  /// Whether it is no instruction.
  var isLabel: Bool {
    if case .label = self { true } else { false }
  }
}

/// The instructions by names that fit many on a line.
extension AssemblyItem {
  static let halt = plain(.halt)
  static let drop = plain(.drop)
  static let select = plain(.select)
  static let eqz = plain(.eqz)
  static let eq = plain(.eq)
  static let ne = plain(.ne)
  static let ltS = plain(.ltSigned)
  static let ltU = plain(.ltUnsigned)
  static let geS = plain(.geSigned)
  static let geU = plain(.geUnsigned)
  static let add = plain(.add)
  static let sub = plain(.sub)

  /// Pushes a constant.
  static func const(_ value: UInt32) -> AssemblyItem { plain(.const, value) }
  /// Pushes a local variable.
  static func get(_ local: UInt32) -> AssemblyItem { plain(.localGet, local) }
  /// Pops into a local variable.
  static func set(_ local: UInt32) -> AssemblyItem { plain(.localSet, local) }
  /// Copies the top operand into a local variable.
  static func tee(_ local: UInt32) -> AssemblyItem { plain(.localTee, local) }
  /// Replaces an address by the word at it.
  static let load = plain(.load)
  /// Replaces an address by the byte at it plus `offset`.
  static func load8(offset: UInt32 = 0) -> AssemblyItem { plain(.load8Unsigned, offset) }
  /// Pops a word and the address to write it to.
  static let store = plain(.store)
  static let store8 = plain(.store8)
  static let store16 = plain(.store16)

  static func plain(_ opcode: Opcode, _ immediate: UInt32 = 0) -> AssemblyItem {
    .instruction(InstructionSet.Instruction(opcode, immediate))
  }
}

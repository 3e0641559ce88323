import InstructionSet

/// A place in a program whose number is not known yet.
struct FullLabel: Hashable {
  fileprivate let number: Int
}

/// Code of the full profile whose jumps still name labels.
struct FullAssembler {
  private enum Item {
    case plain(FullInstruction)
    /// An instruction whose immediate is a label's number, with what stands above it.
    case labelled(FullOpcode, FullLabel, upperHalf: UInt32)
    /// A reference to a slot and, where its bytes are needed, their copy.
    case reference(FullInstruction, copy: FullOpcode?)
  }

  private var items: [Item] = []
  private var labelCount = 0
  /// How many items come before a label.
  private var places: [FullLabel: Int] = [:]
  /// How many items come before the label placed last.
  private var lastPlace = 0

  /// How many references are followed by a copy of their bytes.
  private var copyCount = 0

  /// How many instructions there are.
  var count: Int { items.count + copyCount }

  mutating func newLabel() -> FullLabel {
    labelCount += 1
    return FullLabel(number: labelCount)
  }

  /// Lets a label stand for the next instruction.
  mutating func place(_ label: FullLabel) {
    places[label] = items.count
    lastPlace = items.count
  }

  mutating func emit(_ opcode: FullOpcode, _ immediate: UInt32 = 0) {
    items.append(.plain(FullInstruction(opcode, immediate)))
  }

  mutating func emit(_ opcode: FullOpcode, _ label: FullLabel, upperHalf: UInt32 = 0) {
    items.append(.labelled(opcode, label, upperHalf: upperHalf))
  }

  /// Emits a reference and returns its number, by which its bytes can be asked for later.
  mutating func emitReference(_ opcode: FullOpcode, _ immediate: UInt32) -> Int {
    items.append(.reference(FullInstruction(opcode, immediate), copy: nil))
    return items.count - 1
  }

  /// Pushes once more what the last instruction pushes, if that is a reference; what it refers to is one slot farther then.
  ///
  /// - Returns: whether it was, and no label stands behind it.
  mutating func repeatReference() -> Bool {
    guard case .reference(let instruction, nil)? = items.last, !isPlaceOfLabel else { return false }
    let isLocal = instruction.opcode == .localGet
    _ = emitReference(instruction.opcode, isLocal ? instruction.immediate &- 1 : instruction.immediate)
    return true
  }

  /// Lets a reference be followed by a copy of its bytes.
  mutating func copyReference(_ number: Int, _ width: FullToken.ValueWidth) {
    guard items.indices.contains(number), case .reference(let instruction, nil) = items[number] else { return }
    copyCount += 1
    items[number] = .reference(instruction, copy: width.copyOpcode)
  }

  /// Removes the last instruction if it is this one and no label stands behind it.
  mutating func removeLast(_ opcode: FullOpcode) -> Bool {
    guard case .plain(let instruction)? = items.last, instruction.opcode == opcode, !isPlaceOfLabel else {
      return false
    }
    items.removeLast()
    return true
  }

  /// The constant that the last instruction pushes, if it does so and no label stands behind it; the instruction is removed.
  mutating func takeConstant() -> UInt32? { take(.const) }

  /// The same of the number of an eight-byte constant.
  mutating func takeWideConstant() -> UInt32? { take(.wideConst) }

  private mutating func take(_ opcode: FullOpcode) -> UInt32? {
    guard case .plain(let instruction)? = items.last, instruction.opcode == opcode, !isPlaceOfLabel else { return nil }
    items.removeLast()
    return instruction.immediate
  }

  private var isPlaceOfLabel: Bool { lastPlace == items.count }

  /// The instructions with their numbers filled in, and the number of each label's instruction.
  ///
  /// - Parameter stackLimit: what `enter` is to compare the depth with.
  func linked(stackLimit: UInt32) -> (instructions: [FullInstruction], number: (FullLabel) -> Int) {
    var numbers: [Int] = []
    var count = 0
    for item in items {
      numbers.append(count)
      if case .reference(_, .some) = item { count += 2 } else { count += 1 }
    }
    numbers.append(count)
    let number = { (label: FullLabel) in places[label].map { numbers[$0] } ?? 0 }
    let instructions = items.flatMap { item -> [FullInstruction] in
      switch item {
      case .plain(let instruction) where instruction.opcode == .enter: [FullInstruction(.enter, stackLimit)]
      case .plain(let instruction): [instruction]
      case .labelled(let opcode, let label, let upperHalf):
        [FullInstruction(opcode, UInt32(truncatingIfNeeded: number(label)) | upperHalf << 16)]
      case .reference(let instruction, let copy): [instruction] + (copy.map { [FullInstruction($0)] } ?? [])
      }
    }
    return (instructions, number)
  }
}

extension FullToken.ValueWidth {
  /// The instruction that writes the top's bytes again.
  var copyOpcode: FullOpcode { self == .word ? .copy : .wideCopy }
  /// The instructions that pop a value to a slot.
  var setOpcode: FullOpcode { self == .word ? .localSet : .wideLocalSet }
  var teeOpcode: FullOpcode { self == .word ? .localTee : .wideLocalTee }
  var globalSetOpcode: FullOpcode { self == .word ? .globalSet : .wideGlobalSet }
}

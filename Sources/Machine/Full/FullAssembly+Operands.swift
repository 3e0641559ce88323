import Graph
import InstructionSet

/// The positions of the first bytes of the operands.
struct OperandPointers {
  let top: Expression
  /// The operand below the top.
  let below: Expression
}

/// What is read where the operands are.
struct FullOperands {
  /// The bits of the operand's byte with the current index, the lowest first.
  let top: [Expression]
  let below: [Expression]
  /// The zero bits that the top's byte begins and ends with.
  let leadingZeros: Expression
  let trailingZeros: Expression
  /// The most significant four bytes as a number, and their highest bit.
  let topWord: Expression
  let topSign: Expression
  let belowWord: Expression
  let belowSign: Expression
  /// The lower four bytes of an eight-byte operand; 0 for others.
  let topLowWord: Expression
  let belowLowWord: Expression
  /// 1 where the byte index is beyond the bytes that count.
  let isBeyond: Expression
}

extension FullAssembly {
  /// Every write to a slot stands at the slot's number, with the position of the value's first byte.
  ///
  /// What refers to another slot is resolved against writes that do not, so that one lookup is enough.
  mutating func locateOperands(_ state: FullState, _ instruction: FullInstructionState) -> OperandPointers {
    let depth = state.stackDepth
    let immediate = instruction.immediateBefore
    let key = builder.persist(
      depth + builder.reglu(immediate, columns[.slotWrite], name: "slot.named")
        - builder.reglu(depth, columns[.globalWrite], name: "slot.global"),
      name: "slot")
    let square = builder.reglu(key, key, name: "slot.square")
    let source = builder.persist(sourcePosition(state, immediate), name: "source")
    let sourceHeight = builder.keyHeight(key: key, keySquare: square, clear: columns.noSource, name: "sources")
    let referred = builder.fetch(
      [source],
      query: depth - one + immediate - builder.reglu(depth - one, columns[.globalReference], name: "reference.global"),
      key: key, height: sourceHeight, name: "referred")
    let value = builder.persist(
      source + builder.reglu(referred[0], columns[.reference], name: "value.referred"), name: "value")
    let height = builder.keyHeight(key: key, keySquare: square, clear: columns.noWrite, name: "slots")
    return OperandPointers(
      top: builder.fetch([value], query: depth, key: key, height: height, name: "top")[0],
      below: builder.fetch([value], query: depth - one, key: key, height: height, name: "below")[0])
  }

  /// The position of the first byte of what this token writes; 0 where it refers to a slot.
  private mutating func sourcePosition(_ state: FullState, _ immediate: Expression) -> Expression {
    let own = builder.reglu(position - columns[.bytesBefore], columns[.own], name: "source.own")
    let small = builder.reglu(4 * columns[.byte] + one + state.prologueStart, columns[.small], name: "source.small")
    switch place {
    case .prompt:
      let ended = opcodePosition(state.cursor) - 5 * one
      return own + small
        + builder.reglu(ended + one, columns[.constant], name: "source.constant")
        + builder.reglu(immediate, columns[.wideConstant], name: "source.wide")
    case .weights:
      // The immediate is a place in the prologue.
      return own + small
        + builder.reglu(
          immediate + one + state.prologueStart, columns[.constant] + columns[.wideConstant], name: "source.constant")
    }
  }

  mutating func readOperands(
    _ pointers: OperandPointers, _ state: FullState, _ instruction: FullInstructionState
  ) -> FullOperands {
    let beyond = builder.stepglu(
      one, state.byteIndex - instruction[.sourceBytes], name: "is_beyond")
    let index = state.byteIndex - Self.beyondPositions * beyond
    let counts = builder.gather(
      [columns[.leadingZeros], columns[.trailingZeros]], at: pointers.top + index, name: "zeros")
    let wide = instruction[.isWide]
    let highest = 3 * one + 4 * wide
    let lowest = 3 * one - Self.beyondPositions * (one - wide)
    let topWord = builder.gather([state.word, columns[.bit7]], at: pointers.top + highest, name: "top_word")
    let belowWord = builder.gather([state.word, columns[.bit7]], at: pointers.below + highest, name: "below_word")
    return FullOperands(
      top: readBits(at: pointers.top + index, name: "top_bits"),
      below: readBits(at: pointers.below + index, name: "below_bits"), leadingZeros: counts[0],
      trailingZeros: counts[1],
      topWord: topWord[0], topSign: topWord[1], belowWord: belowWord[0], belowSign: belowWord[1],
      topLowWord: builder.gather([state.word], at: pointers.top + lowest, name: "top_low_word")[0],
      belowLowWord: builder.gather([state.word], at: pointers.below + lowest, name: "below_low_word")[0],
      isBeyond: beyond)
  }

  private mutating func readBits(at place: Expression, name: String) -> [Expression] {
    let bits = columns.bits
    return stride(from: 0, to: bits.count, by: 2).flatMap { first in
      builder.gather([bits[first], bits[first + 1]], at: place, name: "\(name).\(first)")
    }
  }
}

extension Array where Element == Expression {
  /// The number that the bits make up, the lowest first.
  var number: Expression {
    enumerated().reduce(.zero) { $0 + Double(1 << $1.offset) * $1.element }
  }
}

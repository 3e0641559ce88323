import Graph

/// How far a shift goes, and which byte of the operand thereby comes to stand at the current index.
struct ShiftDistance {
  /// 2 to the power of the number of single bits.
  let power: Expression
  /// The current index less the number of whole bytes; negative where bytes come from outside.
  let index: Expression
}

extension FullAssembly {
  mutating func shiftDistance(_ pointers: OperandPointers, _ state: FullState) -> ShiftDistance {
    let distance = builder.gather([columns[.power], columns[.wholeBytes]], at: pointers.top, name: "distance")
    return ShiftDistance(power: distance[0], index: state.byteIndex - distance[1])
  }

  /// A byte of the operand and the one below it, times a power of two: the whole part is the byte wanted and more above it.
  ///
  /// All shifts go to the left and around. Bytes that have come around are what a shift to the right keeps and one to the left
  /// loses; what is lost is looked for far away, where there is nothing.
  mutating func shifted(
    _ distance: ShiftDistance, _ pointers: OperandPointers, _ instruction: FullInstructionState
  ) -> Expression {
    let below = (-1...1).map {
      builder.reglu(instruction[.wrap], Double($0) * one - distance.index, name: "outside.\($0)")
    }
    let place = pointers.below + distance.index + instruction[.outside]
    let byte = gatherByte(at: place + below[1] - below[0], name: "shifted")
    let byteBefore = gatherByte(at: place - one + below[2] - below[1], name: "shifted_before")
    let isShift = instruction.gate.isUnit(.shift, or: .shiftSigned)
    return builder.reglu(byte + 0x1p-8 * byteBefore, distance.power + closed(unless: isShift), name: "scaled.shift")
      - Self.halfBelow * indicator(isShift, "scaled.shift.half")
  }

  private mutating func gatherByte(at place: Expression, name: String) -> Expression {
    builder.gather([columns[.byte]], at: builder.persist(place, name: "\(name).place"), name: name)[0]
  }

  /// What a signed shift of a negative number to the right has above the bits of an unsigned one: −2 to the power of the
  /// distance. That is 256 − power at index 0, 255 above it and 0 below.
  mutating func shiftedSign(
    _ distance: ShiftDistance, _ operands: FullOperands, _ instruction: FullInstructionState
  ) -> Expression {
    let isNegative = closed(unless: instruction.gate.isUnit(.shiftSigned) + operands.belowSign - one)
    let power = distance.power
    let weights = [256 * one - power, 2 * power - 257 * one, one - power]
    return zip([1.0, 0, -1], weights).reduce(.zero) { sum, bend in
      sum + builder.reglu(bend.1, distance.index + bend.0 * one + isNegative, name: "shifted_sign.\(Int(bend.0))")
    }
  }
}

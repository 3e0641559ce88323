import Transformer

extension CodeEncoder {
  /// The best token by the parabola where that can tell; otherwise what the rows read, for Swift to choose.
  mutating func encodeOutputHead(_ end: Assembler.Label) {
    if let parabola = outputHead.parabola {
      let undecided = assembler.makeLabel()
      encode(parabola, undecided)
      assembler.jump(to: end)
      assembler.place(undecided)
    }
    for register in outputHead.registers.sorted() { copy(register, to: place(register)) }
    assembler.load(.rax, -1)
    assembler.jump(to: end)
  }

  /// Leaves the best token in `rax`.
  private mutating func encode(_ parabola: TokenParabola, _ undecided: Assembler.Label) {
    assembler.load(.xmm0, address(parabola.one))
    jumpUnlessEqual(.xmm0, address(.constant(1)), to: undecided)
    // An integer that has a token is none of those too great for exact scores.
    assembler.load(.xmm2, address(parabola.choice))
    assembler.truncate(.rax, .xmm2)
    assembler.convert(.xmm0, .rax)
    assembler.compare(.xmm0, .xmm2)
    assembler.jump(to: undecided, if: .notEqual)
    assembler.jump(to: undecided, if: .parity)
    assembler.add(.rax, Int32(truncatingIfNeeded: -parabola.firstNumber))
    assembler.compare(.rax, Int32(truncatingIfNeeded: parabola.tokenOfNumber.count))
    assembler.jump(to: undecided, if: .aboveOrEqual)
    assembler.loadAddress(.rcx, .data(assembler.data.table(parabola.tokenOfNumber)))
    assembler.loadSigned32(.rax, .element(.rcx, 0, index: .rax, scale: .four))
    assembler.test(.rax)
    assembler.jump(to: undecided, if: .negative)
    guard !outputHead.otherRows.tokens.isEmpty else { return }
    assembler.multiply(.xmm2, .xmm2)
    assembler.add(.xmm2, address(.constant(parabola.constant)))
    for row in outputHead.otherRows.tokens.indices { encodeRow(row) }
  }

  /// Takes a row's token in the place of the best one if it scores more, or as much and comes first; the best score is in `xmm2`.
  private mutating func encodeRow(_ row: Int) {
    let rows = outputHead.otherRows
    let token = rows.tokens[row]
    encodeSum(
      rows.products[(row == 0 ? 0 : Int(rows.ends[row - 1]))..<Int(rows.ends[row])].map {
        CommonProgram.Term(weight: .constant($0.weight), factor: common.operand($0.register))
      })
    let (better, end) = (assembler.makeLabel(), assembler.makeLabel())
    assembler.compare(.xmm0, .xmm2)
    assembler.jump(to: better, if: .above)
    assembler.jump(to: end, if: .notEqual)
    assembler.jump(to: end, if: .parity)
    assembler.compare(.rax, token)
    assembler.jump(to: end, if: .lessOrEqual)
    assembler.place(better)
    assembler.load(.rax, token)
    assembler.move(.xmm2, .xmm0)
    assembler.place(end)
  }
}

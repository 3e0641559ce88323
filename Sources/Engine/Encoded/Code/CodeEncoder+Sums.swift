import Transformer

/// Sums, neurons and the tables in the place of neurons.
extension CodeEncoder {
  mutating func encode(_ operation: CommonProgram.Operation, _ destination: Int) {
    switch operation {
    case .unit(let gate, let value):
      assembler.load(.xmm0, address(gate))
      assembler.maximum(.xmm0, address(.constant(0)))
      assembler.multiply(.xmm0, address(value))
    case .sum(let base, let terms, _):
      encodeSum(terms)
      if let base { assembler.add(.xmm0, address(base)) }
    }
    assembler.store(.xmm0, place(destination))
  }

  /// Adds terms up from left to right.
  mutating func encodeSum(_ terms: some Collection<CommonProgram.Term>) {
    guard let first = terms.first else { return assembler.clear(.xmm0) }
    load(first, into: .xmm0)
    for term in terms.dropFirst() {
      if let operand = term.single {
        assembler.add(.xmm0, address(operand))
      } else if term.weight == .constant(-1) {
        assembler.subtract(.xmm0, address(term.factor))
      } else {
        load(term, into: .xmm1)
        assembler.add(.xmm0, .xmm1)
      }
    }
  }

  private mutating func load(_ term: CommonProgram.Term, into register: VectorRegister) {
    guard let operand = term.single else {
      assembler.load(register, address(term.factor))
      return assembler.multiply(register, address(term.weight))
    }
    assembler.load(register, address(operand))
  }

  mutating func encodeFunction(_ number: Int) {
    let function = program.functions[number]
    assembler.move(.rdi, Self.state)
    assembler.load(.rsi, Int32(truncatingIfNeeded: number))
    assembler.load(.rdx, Int32(truncatingIfNeeded: function.lowest))
    assembler.load(.rcx, Int32(truncatingIfNeeded: function.rowCount))
    assembler.load(.r8, Int32(truncatingIfNeeded: function.resultCount))
    call(StateCalls.results, [function.argument, function.one])
    for result in 0..<function.resultCount {
      assembler.load(.xmm0, .at(.rax, byteCount(result)))
      assembler.store(.xmm0, place(function.destination + result))
    }
  }
}

extension CommonProgram.Term {
  /// The only factor that is not 1, if there is no other.
  fileprivate var single: CommonProgram.Operand? {
    if factor == .constant(1) { return weight }
    return weight == .constant(1) ? factor : nil
  }
}

import InstructionSet

/// What the host appends to a trace that has paused.
extension FullMachineState {
  /// Does what one token of the host says.
  ///
  /// - Parameter isBehindTrap: whether the token before is a trap.
  mutating func read(_ token: FullToken, isBehindTrap: Bool) throws(FullExecutionFault) {
    switch token {
    case .byte(let byte, marked: false):
      // To the machine this would be a byte of the store.
      if nextIsStore, !isBehindTrap { throw fault(.storeBehindHost) }
      hostBytes.append(byte)
    case .hostValue(let byte, let width): push(FullOperand(try number(endingWith: byte, count: width.rawValue), width))
    case .dataAddress(let byte): dataAddress = Int(try number(endingWith: byte, count: 4))
    case .data(let byte): try write(byte)
    case .event(.pop(let count)):
      try requireNoBytes()
      for _ in 0..<count { _ = try pop() }
      cursor += 1
    case .last(let byte, .jump(0), marked: false): cursor = Int(try number(endingWith: byte, count: 2))
    default: throw fault(.unexpectedToken(token))
    }
    if case .data = token { return }
    if case .dataAddress = token { return }
    dataAddress = nil
  }

  /// Behind bytes that end nothing the machine would go on in the middle of an instruction.
  func finishReading() throws(FullExecutionFault) {
    try requireNoBytes()
    if dataAddress != nil { throw fault(.unfinishedAnswer) }
  }

  private func requireNoBytes() throws(FullExecutionFault) {
    guard hostBytes.isEmpty else { throw fault(.unfinishedAnswer) }
  }

  private var nextIsStore: Bool {
    guard program.instructions.indices.contains(cursor) else { return false }
    if case .store = program.instructions[cursor].opcode.description.operation { return true }
    return false
  }

  /// The number that the bytes read so far and one more make up, the lowest first.
  private mutating func number(endingWith byte: UInt8, count: Int) throws(FullExecutionFault) -> UInt64 {
    guard hostBytes.count == count - 1 else { throw fault(.unfinishedAnswer) }
    let number = (hostBytes + [byte]).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    hostBytes = []
    return number
  }

  private mutating func write(_ byte: UInt8) throws(FullExecutionFault) {
    guard hostBytes.isEmpty, let address = dataAddress, address < Int(FullMachineLimits.pages) << 16 else {
      throw fault(.unexpectedToken(.data(byte)))
    }
    memory[address] = byte
    dataAddress = address + 1
  }
}

import Attention
import Transformer

extension SparseProgram {
  typealias Registers = UnsafeMutableBufferPointer<Double>

  /// Computes all registers for a token, which becomes part of the memory.
  ///
  /// - Precondition: the token exists and is the memory's last.
  func run(token: Int, at encoding: PositionEncoding, position: Int, memory: RunMemory) {
    let registers = Registers(start: memory.state.pointee.registers, count: registerCount)
    embed(memory.state.pointee.embedding + token * embeddingColumns, encoding, registers)
    products.withUnsafeBufferPointer { products in
      bases.withUnsafeBufferPointer { bases in
        units.withUnsafeBufferPointer { units in
          for level in levels {
            for function in level.functions { functions[function].compute(registers) }
            for group in level.sums { sums[group].add(bases, products, registers) }
            gate(level, units, registers)
            attend(level, position, registers, memory)
          }
        }
      }
    }
  }

  @inline(__always)
  private func embed(_ row: UnsafePointer<Double>, _ encoding: PositionEncoding, _ registers: Registers) {
    registers[Register.position.index] = encoding.position
    registers[Register.inverseLog.index] = encoding.inverseLog
    registers[Register.square.index] = encoding.square
    for column in 0..<embeddingColumns { registers[Self.firstEmbeddingRegister + column] = row[column] }
  }

  @inline(__always)
  private func gate(_ level: Level, _ units: UnsafeBufferPointer<PackedUnit>, _ registers: Registers) {
    var destination = level.unitDestination
    for unit in level.units {
      registers[destination] = gatedUnit(
        gate: registers[Int(units[unit].gate)], value: registers[Int(units[unit].value)])
      destination += 1
    }
  }

  @inline(__always)
  private func attend(_ level: Level, _ position: Int, _ registers: Registers, _ memory: RunMemory) {
    for column in level.columns {
      memory.state.pointee.stored[position * columns.count + column] = registers[columns[column]]
    }
    for hull in level.insertions {
      let insertion = insertions[hull]
      memory.insert(
        hull, key: registers.pair(insertion.key), value: registers.pair(insertion.values), position: position)
    }
    for line in level.lines {
      let head = lines[line]
      let remembered = memory.state.pointee.lines + line
      remembered.pointee.insert(key: registers[head.key], value: registers.pair(head.values), rule: head.rule)
      registers.put(remembered.pointee.query(registers[head.query]), at: head.destination)
    }
    for gather in level.gathers {
      let head = gathers[gather]
      registers.put(
        memory.attend(gather, head, registers.pair(head.query), position: position), at: head.destination)
    }
    for search in level.searches {
      let head = searches[search]
      registers.put(memory.attend(head, registers.pair(head.query)), at: head.destination)
    }
  }
}

extension UnsafeMutableBufferPointer<Double> {
  /// Two registers.
  @inline(__always)
  fileprivate func pair(_ registers: (x: Int, y: Int)) -> SIMD2<Double> {
    SIMD2(self[registers.x], self[registers.y])
  }

  /// Writes a register and the one after it.
  @inline(__always)
  fileprivate func put(_ pair: SIMD2<Double>, at destination: Int) {
    self[destination] = pair.x
    self[destination + 1] = pair.y
  }
}

import Attention
import Transformer

extension SparseProgram {
  /// Computes all registers for a token, which becomes part of the memory.
  ///
  /// - Precondition: `registers` has `registerCount` elements, the token exists, and the memory holds `position` tokens.
  func run(token: Int, position: Int, registers: inout [Double], memory: inout HeadMemory) {
    precondition(registers.count == registerCount && (token + 1) * embeddingColumns <= embedding.count)
    memory.withHandle { memory in
      registers.withUnsafeMutableBufferPointer { registers in
        embed(token, position, registers)
        products.withUnsafeBufferPointer { products in
          bases.withUnsafeBufferPointer { bases in
            units.withUnsafeBufferPointer { units in
              for level in levels {
                for group in level.sums { sums[group].add(bases, products, registers) }
                gate(level, units, registers)
                attend(level, position, registers, memory)
              }
            }
          }
        }
      }
    }
  }

  private func embed(_ token: Int, _ position: Int, _ registers: UnsafeMutableBufferPointer<Double>) {
    let encoding = PositionEncoding(position)
    registers[Register.position.index] = encoding.position
    registers[Register.inverseLog.index] = encoding.inverseLog
    registers[Register.square.index] = encoding.square
    for column in 0..<embeddingColumns {
      registers[Self.firstEmbeddingRegister + column] = embedding[token * embeddingColumns + column]
    }
  }

  @inline(__always)
  private func gate(
    _ level: Level, _ units: UnsafeBufferPointer<PackedUnit>, _ registers: UnsafeMutableBufferPointer<Double>
  ) {
    var destination = level.unitDestination
    for unit in level.units {
      registers[destination] = gatedUnit(
        gate: registers[Int(units[unit].gate)], value: registers[Int(units[unit].value)])
      destination += 1
    }
  }

  @inline(__always)
  private func attend(
    _ level: Level, _ position: Int, _ registers: UnsafeMutableBufferPointer<Double>, _ memory: HeadMemory.Handle
  ) {
    for column in level.columns { memory.history[position, column] = registers[columns[column]] }
    for hull in level.insertions {
      let insertion = insertions[hull]
      memory.insert(
        hull, key: registers.pair(insertion.key), value: registers.pair(insertion.values), position: position)
    }
    for line in level.lines {
      let head = lines[line]
      memory.lines[line].insert(key: registers[head.key], value: registers.pair(head.values), rule: head.rule)
      registers.put(memory.lines[line].query(registers[head.query]), at: head.destination)
    }
    for gather in level.gathers {
      let head = gathers[gather]
      if head.rule == .average { memory.gatherTotals[gather] += head.value(at: position, in: memory.history) }
      let attended = head.attend(
        query: registers.pair(head.query), last: position, history: memory.history,
        total: memory.gatherTotals[gather])
      registers.put(attended, at: head.destination)
    }
    for search in level.searches {
      let head = searches[search]
      let values = memory.query(head.hull, registers.pair(head.query))
      registers.put(head.pick(values), at: head.destination)
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

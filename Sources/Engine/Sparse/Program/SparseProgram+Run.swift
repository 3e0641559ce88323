import Attention
import Transformer

extension SparseProgram {
  /// Computes all registers for a token, which becomes part of the memory.
  ///
  /// - Precondition: `registers` has `registerCount` elements, the token exists, and the memory holds `position` tokens.
  func run(token: Int, position: Int, registers: inout [Double], memory: inout HeadMemory) {
    precondition(registers.count == registerCount && (token + 1) * embeddingColumns <= embedding.count)
    registers.withUnsafeMutableBufferPointer { buffer in
      guard let registers = buffer.baseAddress else { return }
      embed(token, position, registers)
      products.withUnsafeBufferPointer { products in
        bases.withUnsafeBufferPointer { bases in
          units.withUnsafeBufferPointer { units in
            for level in levels {
              for group in level.sums { add(sums[group], bases, products, registers) }
              gate(level, units, registers)
              attend(level, position, registers, &memory)
            }
          }
        }
      }
    }
  }

  private func embed(_ token: Int, _ position: Int, _ registers: UnsafeMutablePointer<Double>) {
    let encoding = PositionEncoding(position)
    registers[Register.position.index] = encoding.position
    registers[Register.inverseLog.index] = encoding.inverseLog
    registers[Register.square.index] = encoding.square
    for column in 0..<embeddingColumns {
      registers[Self.firstEmbeddingRegister + column] = embedding[token * embeddingColumns + column]
    }
  }

  /// Sums of one length. The products are added to each other first, as the dense engine adds a change to the stream.
  @inline(__always)
  private func add(
    _ group: SumGroup, _ bases: UnsafeBufferPointer<Int32>, _ products: UnsafeBufferPointer<PackedProduct>,
    _ registers: UnsafeMutablePointer<Double>
  ) {
    @inline(__always) func product(_ index: Int) -> Double {
      products[index].weight * registers[Int(products[index].register)]
    }
    var next = group.firstProduct
    for sum in 0..<group.count {
      let base = registers[Int(bases[group.firstBase + sum])]
      let result: Double
      switch group.length {
      case 1: result = product(next)
      case 2: result = product(next) + product(next + 1)
      case 3: result = product(next) + product(next + 1) + product(next + 2)
      default: result = (1..<group.length).reduce(product(next)) { $0 + product(next + $1) }
      }
      registers[group.destination + sum] = base + result
      next += group.length
    }
  }

  @inline(__always)
  private func gate(
    _ level: Level, _ units: UnsafeBufferPointer<PackedUnit>, _ registers: UnsafeMutablePointer<Double>
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
    _ level: Level, _ position: Int, _ registers: UnsafeMutablePointer<Double>, _ memory: inout HeadMemory
  ) {
    for column in level.columns { memory.columns[column].append(registers[columns[column]]) }
    for hull in level.insertions {
      let insertion = insertions[hull]
      memory.hulls[hull].insert(
        key: registers.pair(insertion.key), value: registers.pair(insertion.values))
    }
    for line in level.lines {
      let head = lines[line]
      memory.lines[line].insert(key: registers[head.key], value: registers.pair(head.values), rule: head.rule)
      registers.put(memory.lines[line].query(registers[head.query]), at: head.destination)
    }
    for gather in level.gathers { self.gather(gather, position, registers, &memory) }
    for search in level.searches {
      let head = searches[search]
      let values = memory.hulls[head.hull].query(registers.pair(head.query))
      registers.put(SIMD2(values[head.lanes.x], values[head.lanes.y]), at: head.destination)
    }
  }

  @inline(__always)
  private func gather(
    _ index: Int, _ position: Int, _ registers: UnsafeMutablePointer<Double>, _ memory: inout HeadMemory
  ) {
    let head = gathers[index]
    if head.rule == .average { memory.gatherTotals[index] += head.value(at: position, in: memory.columns) }
    let attended = head.attend(
      query: registers.pair(head.query), last: position, memory: memory.columns, total: memory.gatherTotals[index])
    registers.put(attended, at: head.destination)
  }
}

extension UnsafeMutablePointer<Double> {
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

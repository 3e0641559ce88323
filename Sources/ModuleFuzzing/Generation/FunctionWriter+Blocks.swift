import ProgramGenerator
import WebAssembly

// Constructs that leave a value.
extension FunctionWriter {
  mutating func block(for type: ValueType, depth: Int) {
    open(.block(.result(type)), label: [type])
    statements(depth: depth)
    if random.isOnce(in: 3) {
      value(type, depth: depth)
      condition(depth: depth)
      emit(.brIf(0))
      consume([type])
    }
    finish(with: [type], depth: depth)
    close()
  }

  mutating func conditional(for type: ValueType, depth: Int) {
    condition(depth: depth)
    open(.if(.result(type)), label: [type])
    statements(depth: depth)
    finish(with: [type], depth: depth)
    emit(.else)
    finish(with: [type], depth: depth)
    close()
  }

  mutating func loop(for type: ValueType, depth: Int) {
    open(.loop(.result(type)), label: [])
    takeFuel()
    statements(depth: depth)
    condition(depth: depth)
    emit(.brIf(0))
    value(type, depth: depth)
    close()
  }

  /// A construct with parameters and several results, of which the first is left.
  mutating func wideBlock(for type: ValueType, depth: Int) {
    let parameters = random.types(atMost: 3)
    switch random.number(in: 0...3) {
    case 0: wideLoop(FunctionType(parameters: parameters, results: [type] + random.types(atMost: 2)), depth: depth)
    case 1: bareIf([type] + parameters, depth: depth)
    default: wideArms(FunctionType(parameters: parameters, results: [type] + random.types(atMost: 2)), depth: depth)
    }
  }

  /// A block, or an `if` with two arms.
  private mutating func wideArms(_ type: FunctionType, depth: Int) {
    let hasArms = random.isOnce(in: 2)
    let blockType = BlockType.type(module.index(of: type))
    values(type.parameters, depth: depth)
    if hasArms { condition(depth: depth) }
    open(hasArms ? .if(blockType) : .block(blockType), label: type.results)
    if hasArms {
      arm(type, depth: depth)
      emit(.else)
    }
    arm(type, depth: depth)
    close()
    consume(type.results.dropFirst())
  }

  private mutating func arm(_ type: FunctionType, depth: Int) {
    consume(type.parameters)
    statements(depth: depth - 1)
    finish(with: type.results, depth: depth)
  }

  /// An `if` without `else`: what it takes is what it leaves.
  private mutating func bareIf(_ types: [ValueType], depth: Int) {
    values(types, depth: depth)
    condition(depth: depth)
    open(.if(.type(module.index(of: FunctionType(parameters: types, results: types)))), label: types)
    arm(FunctionType(parameters: types, results: types), depth: depth)
    close()
    consume(types.dropFirst())
  }

  /// A loop whose branch takes its parameters along.
  private mutating func wideLoop(_ type: FunctionType, depth: Int) {
    values(type.parameters, depth: depth)
    open(.loop(.type(module.index(of: type))), label: type.parameters)
    takeFuel()
    consume(type.parameters)
    statements(depth: depth - 1)
    values(type.parameters, depth: depth - 1)
    condition(depth: depth)
    emit(.brIf(0))
    consume(type.parameters)
    values(type.results, depth: depth - 1)
    close()
    consume(type.results.dropFirst())
  }
}

extension FullToken {
  /// The text form, without white space.
  public var text: String {
    switch self {
    case .byte(let value, let marked): Token.hexadecimal(value) + (marked ? "'" : "")
    case .last(let value, let ending, let marked): "\(Token.hexadecimal(value))\(marked ? "'" : ""):\(ending.text)"
    case .hostValue(let value, let width): "\(Token.hexadecimal(value)):host(\(width.rawValue))"
    case .dataAddress(let value): "\(Token.hexadecimal(value)):at"
    case .data(let value): "\(Token.hexadecimal(value)):data"
    case .event(let event): event.text
    case .instruction(let opcode): "@\(opcode.rawValue)"
    case .programStart: "{"
    case .programEnd: "}"
    }
  }
}

extension FullToken.LastByte {
  /// What stands behind the byte and a colon.
  var text: String {
    switch self {
    case .push(let width, let effect): "push(\(width.rawValue),\(effect))"
    case .small(let effect): "push(1,\(effect))"
    case .setLocal(let width): "local.set(\(width.rawValue))"
    case .teeLocal(let width): "local.tee(\(width.rawValue))"
    case .setGlobal(let width): "global.set(\(width.rawValue))"
    case .setMemorySize: "memory.set"
    case .store: "store"
    case .jump(let effect): "jump(\(effect))"
    case .target: "target"
    case .output: "out"
    }
  }
}

extension FullToken.Event {
  var text: String {
    switch self {
    case .constant: "const(4)"
    case .wideConstant: "const(8)"
    case .local: "local"
    case .global: "global"
    case .pop(let count): "pop(\(count))"
    case .host(let service): "host(\(service))"
    case .enter: "enter"
    case .halt: "halt"
    case .trap(let trap): "trap(\(trap.message.replacing(" ", with: "_")))"
    }
  }
}

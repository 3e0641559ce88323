extension FullToken {
  /// The change of the operand stack's depth.
  public var stackEffect: Int {
    switch self {
    case .hostValue: 1
    case .last(_, let ending, _): ending.stackEffect
    case .event(let event): event.stackEffect
    case .byte, .dataAddress, .data, .instruction, .programStart, .programEnd: 0
    }
  }

  /// Why the machine writes nothing behind this token; nil where it goes on.
  public var pause: FullPause? {
    switch self {
    case .event(.halt): .halted
    case .event(.trap(let trap)): .trapped(trap)
    case .event(.host(let service)): .host(service: service)
    default: nil
    }
  }
}

/// Why a trace of the full profile pauses until the host has written something.
public enum FullPause: Hashable, Sendable {
  case halted
  case trapped(Trap)
  /// The host is to answer.
  case host(service: Int)

  /// The trap; nil where it is none.
  public var trap: Trap? {
    if case .trapped(let trap) = self { trap } else { nil }
  }
}

extension FullToken.LastByte {
  /// The change of the operand stack's depth.
  fileprivate var stackEffect: Int {
    switch self {
    case .push(_, let effect), .small(let effect), .jump(let effect): effect
    case .setLocal, .setGlobal, .setMemorySize, .target, .output: -1
    case .teeLocal: 0
    case .store: -2
    }
  }
}

extension FullToken.Event {
  /// The change of the operand stack's depth.
  fileprivate var stackEffect: Int {
    switch self {
    case .constant, .wideConstant, .local, .global: 1
    case .pop(let count): -count
    case .enter, .host, .halt, .trap: 0
    }
  }
}

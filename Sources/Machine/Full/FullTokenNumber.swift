package import InstructionSet

/// The number by which the full machine names the token that it wants next.
///
/// Bytes come first, then 512 numbers for each way of ending with a byte, then the tokens without a byte. Traps come last, far
/// from each other: the machine adds the distance of a trap to whatever number it has, and the nearest is the trap.
package enum FullTokenNumber {
  /// What is added to a byte that is marked.
  static let mark = 256
  private static let stride = 512
  private static let numberOfEnding = Dictionary(
    uniqueKeysWithValues: FullToken.lastBytes.enumerated().map { ($1, stride * ($0 + 1)) })
  private static let numberOfEvent = Dictionary(
    uniqueKeysWithValues: FullToken.events.enumerated().map { ($1, stride * (FullToken.lastBytes.count + 1) + $0) })

  /// nil for tokens that occur only in prompts and answers of the host.
  package static func number(of token: FullToken) -> Int? {
    switch token {
    case .byte(let value, let marked): Int(value) + (marked ? mark : 0)
    case .last(let value, let ending, let marked):
      numberOfEnding[ending].map { $0 + Int(value) + (marked ? mark : 0) }
    case .event(.trap(let trap)): firstTrap + distance(of: trap)
    case .event(let event): numberOfEvent[event]
    case .hostValue, .dataAddress, .data, .instruction, .programStart, .programEnd: nil
    }
  }

  /// The number for a machine that writes its prologue itself: there, memory's bytes and addresses have one too.
  static func numberInPrologue(of token: FullToken) -> Int? {
    switch token {
    case .dataAddress(let value): firstTrap + stride + Int(value)
    case .data(let value): firstTrap + 2 * stride + Int(value)
    default: number(of: token)
    }
  }

  /// The number that is added to an instruction's last byte.
  static func number(of ending: FullOpcodeDescription.Ending) -> Int {
    switch ending {
    case .last(let last): numberOfEnding[last] ?? 0
    case .event(let event): number(of: .event(event)) ?? 0
    case .numbered(.pop): numberOfFirstPop - 1
    case .numbered(.host): numberOfEvent[.host(0)] ?? 0
    case .numbered(.trap): firstTrap
    }
  }

  /// How far a trap's number is from the first one's.
  static func distance(of trap: Trap) -> Int {
    FullProgram.trapDistance * trap.rawValue
  }

  private static let firstTrap = numberOfEvent[.trap(.unreachable)] ?? 0

  /// The number of `pop(1)`, behind which the other pops follow.
  static let numberOfFirstPop = numberOfEvent[.pop(1)] ?? 0
}

/// Which of the two machines.
public enum MachineProfile: String, CaseIterable, Codable, Hashable, Sendable {
  /// 35 opcodes that other implementations have too, token-compatible with them; no traps.
  case base
  /// All of WebAssembly 1.0, with its traps, in few tokens.
  case full

  /// The number of layers that the machine's shipped plan has, unless told otherwise.
  ///
  /// The full profile fits in ten, but eleven make it narrower.
  public var layerCount: Int {
    switch self {
    case .base: 7
    case .full: 11
    }
  }
}

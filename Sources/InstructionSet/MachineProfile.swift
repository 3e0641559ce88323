/// Which of the two machines.
public enum MachineProfile: String, CaseIterable, Codable, Hashable, Sendable {
  /// 35 opcodes that other implementations have too, token-compatible with them; no traps.
  case base
  /// All of WebAssembly 1.0, with its traps, in few tokens.
  case full
}

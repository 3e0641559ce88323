/// The two machines that programs are compiled for.
public enum MachineProfile: String, Hashable, Sendable, CaseIterable, Codable {
  /// 35 opcodes of WebAssembly, all on i32.
  case base
  /// All of WebAssembly 1.0.
  case full
}

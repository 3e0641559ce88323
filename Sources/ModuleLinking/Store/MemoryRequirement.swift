/// How large a memory must be when a module is instantiated, where that depends on how far it has grown by then.
public struct MemoryRequirement: Hashable, Sendable {
  public let memory: Definition
  /// The least size, in pages.
  public let pages: UInt32
  /// Why the module cannot be instantiated when the memory is smaller.
  public let failure: LinkingError
}

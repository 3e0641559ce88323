public import WebAssembly

/// A module whose imports have been found.
///
/// The arrays follow the module's index spaces: imports first, then what the module defines.
public struct StoreInstance: Sendable {
  public let module: Module
  /// The instance's number in its store.
  public let number: Int
  let functions: [Definition]
  let tables: [Definition]
  let memories: [Definition]
  let globals: [Definition]
  /// What the exports stand for.
  public let exports: [Name: ExternalValue]
  /// The first values of the module's own globals, as bits.
  let globalValues: [UInt64]
  /// The active element segments, in the module's order.
  let elements: [PlacedSegment<FunctionIndex?>]
  /// The active data segments, in the module's order.
  let data: [PlacedSegment<UInt8>]
  /// What must hold, beyond what the types say, when the module is instantiated.
  public let requirements: [MemoryRequirement]

  /// Whether no call to the instance's functions can read or change anything but its arguments.
  var isStateless: Bool {
    module.imports.isEmpty && module.memories.isEmpty && module.tables.isEmpty
      && module.globals.allSatisfy { !$0.type.isMutable }
  }
}

/// An active segment whose offset is known.
struct PlacedSegment<Content: Sendable>: Sendable {
  let start: UInt32
  let contents: [Content]
  /// Where the segment stands in the file.
  let offset: Int

  /// The first index behind the segment.
  var end: UInt64 { UInt64(start) + UInt64(contents.count) }
}

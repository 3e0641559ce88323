/// A function, table, memory or global of a store, by the instance whose module defines it.
public struct Definition: Hashable, Sendable {
  /// The number of the instance.
  public let instance: Int
  /// The place among the definitions of its kind in the instance's module, imports not counted.
  public let index: Int

  package init(instance: Int, index: Int) {
    self.instance = instance
    self.index = index
  }
}

/// What an export stands for, however often it was imported and exported again.
public enum ExternalValue: Hashable, Sendable {
  case function(Definition)
  case table(Definition)
  case memory(Definition)
  case global(Definition)
}

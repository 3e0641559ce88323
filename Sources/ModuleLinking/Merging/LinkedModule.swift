public import WebAssembly

/// Instances that share state, as one module that does all that they do.
///
/// Everything is known beforehand but the order of calls. So instances need no machinery of their own: a call between modules is
/// a call, an imported global is the exporter's. What an instance changes when it is instantiated is a function to be called
/// then, unless nobody could see the difference.
public struct LinkedModule: Sendable {
  /// What an export of an instance became.
  public enum Export: Hashable, Sendable {
    /// The exported function's name in ``LinkedModule/module``.
    case function(name: Name, type: FunctionType)
    /// The name of a function without parameters that returns the global's value.
    case global(name: Name, type: ValueType)
  }

  /// A valid module without imports and start function.
  public let module: Module
  /// The numbers of the instances.
  public let members: [Int]
  private let exports: [Int: [Name: Export]]
  private let instantiations: [Int: Name]
  private let memorySizes: [Definition: Name]

  /// The instance with this number, and all with which it shares state, those that are added later included.
  ///
  /// - Throws: ``LinkingError`` when the memories do not fit beside each other, or a table is too large.
  public init(of instance: Int, in store: ModuleStore) throws(LinkingError) {
    let component = Component(containing: instance, in: store)
    var merger = try ModuleMerger(component, in: store)
    members = component.members
    instantiations = merger.addInstantiations()
    exports = merger.addExports()
    memorySizes = merger.addMemorySizes()
    module = merger.finish()
  }

  /// What an instance exports under a name: a function or a global.
  public func export(_ name: Name, of instance: Int) -> Export? { exports[instance]?[name] }

  /// The exported function to be called when an instance is instantiated; nil when there is nothing to do.
  public func instantiation(of instance: Int) -> Name? { instantiations[instance] }

  /// The exported function that returns the size of a memory; nil when it cannot have grown.
  public func size(of memory: Definition) -> Name? { memorySizes[memory] }
}

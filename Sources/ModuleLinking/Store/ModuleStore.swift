public import WebAssembly

/// Instances of modules that may import from each other.
///
/// Nothing is executed here: imports are found by name, types and limits are compared, segments are placed.
///
/// ```swift
/// var store = ModuleStore()
/// let library = try store.add(libraryModule) { _ in nil }
/// let program = try store.add(programModule) { $0 == "library" ? library : nil }
/// let linked = try LinkedModule(of: program, in: store)
/// ```
public struct ModuleStore: Sendable {
  /// In the order in which they were added.
  public private(set) var instances: [StoreInstance] = []

  public init() {}

  /// Adds an instance of a valid module.
  ///
  /// - Parameter provider: the number of the instance from which imports of this module name come, nil for an unknown one.
  /// - Returns: the instance's number. Its ``StoreInstance/requirements`` are still to be checked.
  /// - Throws: ``LinkingError`` when an import is unknown or of an incompatible type, or a segment cannot fit.
  public mutating func add(_ module: Module, importingFrom provider: (Name) -> Int?) throws(LinkingError) -> Int {
    let instance = try candidate(module, importingFrom: provider)
    instances.append(instance)
    return instance.number
  }

  /// The instance that ``add(_:importingFrom:)`` would add.
  public func candidate(
    _ module: Module, importingFrom provider: (Name) -> Int?
  ) throws(LinkingError) -> StoreInstance {
    var resolution = ImportResolution(store: self, instance: instances.count)
    for entry in module.imports { try resolution.add(entry, of: module, from: provider(entry.module)) }
    return try resolution.instance(of: module)
  }

  /// The instance with this number.
  func instance(of definition: Definition) -> StoreInstance { instances[definition.instance] }

  func type(ofFunction definition: Definition) -> FunctionType {
    let module = instance(of: definition).module
    return module.types[Int(module.functions[definition.index].type)]
  }

  func limits(ofTable definition: Definition) -> Limits {
    instance(of: definition).module.tables[definition.index].limits
  }

  func limits(ofMemory definition: Definition) -> Limits {
    instance(of: definition).module.memories[definition.index].limits
  }

  func global(_ definition: Definition) -> (type: GlobalType, value: UInt64) {
    let instance = instance(of: definition)
    return (instance.module.globals[definition.index].type, instance.globalValues[definition.index])
  }
}

import WebAssembly

/// The units that a program consists of: what is called first, what that calls, and so on.
struct CodeUnits {
  private let module: Module
  private let addresses: AddressSpace
  /// The units with their code, in the order in which they were first called.
  private(set) var all: [(unit: CodeUnit, block: AssemblyBlock)] = []
  private var known: Set<CodeUnit> = []

  init(module: Module, addresses: AddressSpace) {
    self.module = module
    self.addresses = addresses
  }

  /// Whether some routine reads the table of odd bits.
  var usesTable: Bool {
    all.contains { if case .subroutine(let subroutine) = $0.unit { subroutine.usesTable } else { false } }
  }

  /// The code of a function of the module.
  func block(function: FunctionIndex) throws(ProgramCompilerError) -> AssemblyBlock {
    do throws(ProgramCompilerError) {
      return try FunctionCompiler.compile(
        try module.definition(of: function, offset: 0), of: module, addresses: addresses)
    } catch {
      throw error.inFunction(module.functionNames[function].map { "'\($0)'" } ?? "\(function)")
    }
  }

  /// Adds units and everything that they call, directly or not.
  mutating func add(_ units: [CodeUnit]) throws(ProgramCompilerError) {
    var next = all.count
    try addOnly(units)
    while next < all.count {
      try addOnly(all[next].block.calledUnits)
      next += 1
    }
  }

  private mutating func addOnly(_ units: [CodeUnit]) throws(ProgramCompilerError) {
    for unit in units where known.insert(unit).inserted {
      switch unit {
      case .function(let index): all.append((unit, try block(function: index)))
      case .subroutine(let subroutine): all.append((unit, subroutine.block(addresses)))
      }
    }
  }
}

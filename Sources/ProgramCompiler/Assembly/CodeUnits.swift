import WebAssembly

/// The units that a program consists of: what is called first, what that calls, and so on.
struct CodeUnits {
  private let module: Module
  private let addresses: AddressSpace
  /// Why there is none is said where it is called through.
  private let table: Result<FunctionTable, ProgramCompilerError>
  /// The instructions of all units, and of the one that the program begins with.
  private(set) var budget: InstructionBudget
  /// The units with their code, in the order in which they were first called.
  private(set) var all: [(unit: CodeUnit, block: AssemblyBlock)] = []
  private var known: Set<CodeUnit> = []

  init(module: Module, addresses: AddressSpace, budget: InstructionBudget) {
    self.module = module
    self.addresses = addresses
    self.budget = budget
    table = Result { () throws(ProgramCompilerError) in try FunctionTable(of: module) }
  }

  /// Whether some routine reads the table of odd bits.
  var usesTable: Bool {
    all.contains { if case .subroutine(let subroutine) = $0.unit { subroutine.usesTable } else { false } }
  }

  /// The code of a function of the module.
  mutating func block(function: FunctionIndex) throws(ProgramCompilerError) -> AssemblyBlock {
    do throws(ProgramCompilerError) {
      let block = try FunctionCompiler.compile(
        try module.definition(of: function, offset: 0), of: module, addresses: addresses, table: table, budget: budget)
      try budget.add(block.instructionCount)
      return block
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
      case .subroutine(let subroutine):
        all.append((unit, subroutine.block(addresses)))
        try budget.add(all[all.count - 1].block.instructionCount)
      }
    }
  }
}

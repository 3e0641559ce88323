public import InstructionSet

/// A program with its input, as a machine reads it.
public enum MachineProgram: Hashable, Sendable {
  case base(Program)
  case full(ModuleProgram)

  /// A program of the full profile that does nothing: as good as any other for the schedule of a machine with a program in its weights.
  public static var shortest: MachineProgram {
    get throws(VirtualMachineError) {
      do {
        return .full(ModuleProgram(try FullProgram(instructions: [.init(.halt), .init(.halt)])))
      } catch {
        throw VirtualMachineError("\(error)")
      }
    }
  }

  /// What the machine of a vocabulary reads before it generates, by id.
  ///
  /// - Throws: ``VirtualMachineError`` when the program is for another machine.
  public func prompt(for vocabulary: MachineVocabulary) throws(VirtualMachineError) -> [Int32] {
    switch self {
    case .base(let program):
      try vocabulary.ids(of: vocabulary.isSpecialized ? program.specializedPrompt : program.prompt)
    case .full(let module):
      try vocabulary.ids(of: vocabulary.isSpecialized ? module.specializedPrompt : module.program.prompt)
    }
  }

  /// The universal machine's prompt as text, an instruction a line.
  public var text: String {
    switch self {
    case .base(let program): program.text
    case .full(let module): module.program.text
    }
  }

  /// The number of instructions.
  public var instructionCount: Int {
    switch self {
    case .base(let program): program.instructions.count
    case .full(let module): module.program.instructions.count
    }
  }

  /// The same program with another input.
  ///
  /// - Throws: ``VirtualMachineError`` when it takes none, or not this one.
  public func with(input: [UInt8]) throws(VirtualMachineError) -> MachineProgram {
    switch self {
    case .base(let program):
      do {
        return .base(try program.with(input: input))
      } catch {
        throw VirtualMachineError("\(error)")
      }
    case .full(let module): return .full(try module.with(input: input))
    }
  }

  /// What the program is to find in its standard input; nil for that of the process.
  public var standardInput: [UInt8]? {
    switch self {
    case .base: []
    case .full(let module): module.standardInput
    }
  }

  /// Whether the program takes an input.
  public var takesInput: Bool {
    switch self {
    case .base(let program): program.input != nil
    case .full(let module): module.takesInput
    }
  }
}

public import InstructionSet
public import WebAssembly

/// A module as a program, and how its exports are called and read.
public struct FullCompiledModule: Sendable {
  /// Where the host lets the machine go on to get the values of an export.
  ///
  /// The host pushes the arguments and jumps. The values that come of it are the last that the machine writes before it halts:
  /// for each, its first one first, a reference, then its bytes, the last with `push(4,0)` or `push(8,0)`. Behind them come only
  /// pops and `halt`, and the stack is as it was before.
  public struct Entry: Hashable, Sendable {
    /// The number of the first instruction.
    public let instruction: Int
    /// What is pushed, and what is written.
    public let type: FunctionType
  }

  public let program: FullProgram
  /// The exported functions, by their names.
  public let functions: [Name: Entry]
  /// The exported globals, by their names: entries that take nothing.
  public let globals: [Name: Entry]
  /// The results of the call that the program begins with, written as those of an export are; none without such a call.
  public let results: [ValueType]
  /// How many slots at the bottom of the stack the module keeps for itself.
  public let slotCount: Int
}

import Engine
import Foundation
import InstructionSet
package import PrefixTree
package import TransformerVM

/// A program that can be served, and the machine that executes it.
package struct ServedProgram: Sendable {
  /// What it is asked for by.
  package let name: String
  /// One line about what it does; empty where there is nothing to tell.
  package let summary: String
  /// Tells apart what is remembered of it: the tokens that all of its prompts begin with.
  let identity: String
  /// The name of the model that executes it; two models have different names.
  package let machine: String
  /// The ids of the tokens that all of its prompts begin with.
  package let prefix: [Int]
  package let executor: Executor
  private let contents: Contents

  /// What there is of a program.
  fileprivate enum Contents: Sendable {
    case program(MachineProgram)
    /// In the weights of a model of this profile, which does not say what it is.
    case weights(MachineProfile)
  }

  /// - Parameter machine: the executor's model's name.
  /// - Throws: ``VirtualMachineError`` when the program is for another machine than the executor's.
  package init(
    _ program: MachineProgram, on executor: Executor, name: String, summary: String = "", machine: String = "tvm"
  ) throws(VirtualMachineError) {
    try self.init(Self.contents(program), executor, name, summary, machine)
  }

  /// The program in a model's weights.
  ///
  /// - Throws: ``VirtualMachineError`` when the executor's model has none.
  package init(inWeightsOf executor: Executor, name: String, summary: String = "") throws(VirtualMachineError) {
    guard executor.vocabulary.isSpecialized else {
      throw VirtualMachineError("expected a model with a program in its weights", subject: name)
    }
    let known: MachineProgram?
    do {
      known = try executor.model?.specializedProgram
    } catch {
      throw VirtualMachineError("the program that the model carries: \(error)", subject: name)
    }
    let contents = try known.map(Self.contents) ?? .weights(executor.vocabulary.profile)
    try self.init(contents, executor, name, summary, name)
  }

  /// A program without an input of its own, so that prompts of all inputs can be compared.
  private static func contents(_ program: MachineProgram) throws(VirtualMachineError) -> Contents {
    .program(try program.takesInput ? program.with(input: []) : program)
  }

  private init(
    _ contents: Contents, _ executor: Executor, _ name: String, _ summary: String, _ machine: String
  ) throws(VirtualMachineError) {
    self.contents = contents
    self.executor = executor
    self.name = name
    self.summary = summary
    self.machine = machine
    let prompts = try [[], [0x21]].prefix(contents.takesInput ? 2 : 1).map { (input) throws(VirtualMachineError) in
      try contents.ids(of: input, executor.vocabulary)
    }
    let prompt = prompts[0]
    let common = prompts.dropFirst().map { other in zip(prompt, other).prefix { $0 == $1 }.count }.min()
    // One token is always left, since what follows it is asked for.
    prefix = Array(prompt.prefix(min(common ?? .max, prompt.count - 1)))
    identity = SHA256.hexadecimal(
      of: prefix.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })
  }

  /// Where pages of it are found: what is remembered of two programs is never shared, even where they begin alike.
  package var namespace: PrefixNamespace { PrefixNamespace(model: machine, adapter: identity) }

  /// Whether an input has any effect.
  package var takesInput: Bool { contents.takesInput }

  /// What the machine reads after the prefix.
  ///
  /// - Throws: ``ProgramServingError`` when the program takes no such input.
  package func rest(of input: [UInt8]) throws(ProgramServingError) -> [Int] {
    do throws(VirtualMachineError) {
      return try contents.ids(of: input, after: prefix.count, executor.vocabulary)
    } catch {
      throw ProgramServingError(.input, error.message)
    }
  }

  /// What the program finds in its standard input.
  func standardInput(_ input: [UInt8]) -> [UInt8] {
    switch contents {
    case .program(let program): (try? program.with(input: input))?.standardInput ?? []
    case .weights(.base): []
    case .weights(.full): input
    }
  }
}

extension ServedProgram.Contents {
  fileprivate var takesInput: Bool {
    switch self {
    case .program(let program): program.takesInput
    case .weights: true
    }
  }

  /// The prompt's ids, but for the first ones.
  fileprivate func ids(
    of input: [UInt8], after count: Int = 0, _ vocabulary: MachineVocabulary
  ) throws(VirtualMachineError) -> [Int] {
    let ids: [Int32]
    switch self {
    case .program(let program):
      guard input.isEmpty || program.takesInput else {
        throw VirtualMachineError("the program reads no input, but one was given")
      }
      switch program.takesInput ? try program.with(input: input) : program {
      case .full(let module):
        let prompt = vocabulary.isSpecialized ? module.specializedPrompt : module.program.prompt
        ids = try vocabulary.ids(of: Array(prompt[count...]))
      case let other: ids = try Array(other.prompt(for: vocabulary)[count...])
      }
    case .weights(.full):
      // An address in memory for the input is not known, so it is one that the program reads.
      ids = try Array(vocabulary.ids(of: FullProgram.specializedPrompt(data: []))[count...])
    case .weights(.base):
      do {
        // Programs that read an input expect it in this form; the others ignore it.
        let reader = try Program(instructions: [Instruction(.inputBase)], input: input)
        ids = try Array(vocabulary.ids(of: reader.specializedPrompt)[count...])
      } catch {
        throw VirtualMachineError("\(error)")
      }
    }
    return ids.map(Int.init)
  }
}

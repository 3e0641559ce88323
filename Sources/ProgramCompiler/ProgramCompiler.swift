public import Foundation
public import InstructionSet
import Subprocesses
package import WebAssembly

/// Compiles C and WebAssembly to programs of the base profile.
///
/// ```swift
/// let compiler = ProgramCompiler()
/// let module = try compiler.compile(c: URL(filePath: "hello.c"))
/// let program = try compiler.compile(wasm: module, input: Array("transformer".utf8))
/// ```
///
/// A module is executable when it exports a function `compute` that takes nothing or the address of the input, imports at
/// most `tvm.output`, and computes with i32 only. What the base profile cannot execute is refused by name and byte offset.
///
/// Where WebAssembly traps, a program halts: division by zero, the one signed quotient out of range, `unreachable`, a call
/// through the table that finds no function of the type. Accesses outside the module's memory are not noticed.
public struct ProgramCompiler: Sendable {
  private let environment: [String: String]

  /// - Parameter environment: the variables by which clang is looked for: `TVM_CLANG` and `PATH`.
  public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.environment = environment
  }

  /// Compiles a C source to a WebAssembly module with clang.
  ///
  /// For the base profile the runtime header is included in front of it; its entry is `compute`. For the full profile there is a
  /// C library, and the entry may be `main`; the module exports `_start`, which reads by WASI and prints by `tvm.output`.
  ///
  /// - Parameter report: takes clang's warnings; by default they go to standard error.
  /// - Throws: ``ProgramCompilerError`` when no clang is found, or with what it said when it refused the source.
  public func compile(
    c source: URL, for profile: MachineProfile = .base,
    report: (String) -> Void = { FileHandle.standardError.write(Data(($0 + "\n").utf8)) }
  ) throws(ProgramCompilerError) -> [UInt8] {
    try CCompiler(environment: environment, profile: profile).compile(source, report: report)
  }

  /// Compiles C source text; clang's messages call it by the name.
  ///
  /// - Throws: ``ProgramCompilerError`` as ``compile(c:for:report:)`` does.
  package func compile(
    c text: String, named name: String, for profile: MachineProfile = .base
  ) throws(ProgramCompilerError) -> [UInt8] {
    let folder: TemporaryFolder
    do { folder = try TemporaryFolder("tvm-") } catch {
      throw ProgramCompilerError(.file(name, reason: error.localizedDescription))
    }
    defer { folder.remove() }
    let source = folder.url.appending(path: name)
    do { try Data(text.utf8).write(to: source) } catch {
      throw ProgramCompilerError(.file(source.path, reason: error.localizedDescription))
    }
    return try compile(c: source, for: profile)
  }

  /// Compiles a WebAssembly module, given as its binary format.
  ///
  /// - Parameter input: the bytes that the program reads, none of them zero; a zero is put behind them.
  /// - Throws: ``ProgramCompilerError`` with the offset of what is malformed, invalid or cannot be executed.
  public func compile(wasm: [UInt8], input: [UInt8] = []) throws(ProgramCompilerError) -> Program {
    let module: Module
    do {
      module = try Module(decoding: wasm)
    } catch {
      throw ProgramCompilerError(.malformed(error))
    }
    return try compile(module, input: input)
  }

  /// Compiles a module: an initialisation, the entry function, and behind it whatever it calls.
  ///
  /// - Parameter instructionLimit: how many instructions the program may have, as they are emitted.
  package func compile(
    _ module: Module, input: [UInt8] = [], instructionLimit: Int = Program.greatestCount
  ) throws(ProgramCompilerError) -> Program {
    try module.checkRequirements()
    let entry = try module.entry()
    let addresses = try module.addressSpace()
    if UInt64(addresses.input) + UInt64(input.count) >= AddressSpace.limit {
      throw ProgramCompilerError(.unsupported("an input of \(input.count) bytes"))
    }

    var units = CodeUnits(
      module: module, addresses: addresses, budget: InstructionBudget(limit: instructionLimit))
    let entryBlock = try units.block(function: entry.function)
    try units.add((module.start.map { [.function($0.function)] } ?? []) + entryBlock.calledUnits)
    let initialisation = try Initialisation.block(
      of: module, addresses, input: entry.takesInput, table: units.usesTable)
    try units.budget.check(adding: initialisation.instructionCount)

    var linker = Linker()
    linker.append(initialisation)
    linker.appendEntry(entryBlock)
    for unit in units.all { linker.append(unit.block, as: unit.unit) }
    do {
      return try Program(instructions: linker.linked(), input: input)
    } catch {
      throw ProgramCompilerError(.input(error))
    }
  }
}

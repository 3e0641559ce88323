public import InstructionSet
import ProgramCompiler
import WebAssembly
import WebAssemblyValidation

/// A WebAssembly module with its input, as a program of the full profile that instantiates the module and runs it.
///
/// What is run is the export `_start`, else `main`, else `compute`, the entry of the base profile, which may take the address of
/// the input: a text that ends with a zero byte. Others read their input from the standard input.
public struct ModuleProgram: Hashable, Sendable {
  /// The program without the input.
  package let bare: FullProgram
  /// Where the input goes; nil for a module that takes none in memory.
  let inputAddress: UInt32?
  private let readsStandardInput: Bool
  /// nil for a standard input that is not given, but the process's.
  public let input: [UInt8]?

  /// The largest input in memory.
  public static let greatestInput = 65_535

  /// Compiles a module, given as its binary format.
  ///
  /// - Throws: ``VirtualMachineError`` with the offset of what is malformed, invalid or cannot be executed, or when there is
  ///   nothing to run.
  public init(wasm: [UInt8], input: [UInt8]? = nil) throws(VirtualMachineError) {
    do {
      var module = try Module(decoding: wasm, acceptsLongZeros: true)
      try module.validate()
      let entry = try FullEntry(of: module)
      inputAddress = try entry.takesInput ? module.addPage() : nil
      readsStandardInput = module.imports.contains { ($0.module, $0.name) == Self.standardInputName }
      let call = entry.call(inputAddress: inputAddress ?? 0)
      bare = try FullProgramCompiler().compile(module, exporting: [], running: call).program
    } catch {
      throw VirtualMachineError("\(error)")
    }
    self.input = input
    try checkInput()
  }

  /// A program that was compiled before.
  ///
  /// - Parameter inputAddress: where it takes an input in memory, if it does.
  init(_ program: FullProgram, inputAddress: UInt32? = nil) {
    bare = program
    self.inputAddress = inputAddress
    readsStandardInput = program.instructions.contains {
      $0.opcode == .host && $0.immediate == UInt32(HostService.input.rawValue)
    }
    input = nil
  }

  private init(_ program: ModuleProgram, input: [UInt8]) throws(VirtualMachineError) {
    bare = program.bare
    inputAddress = program.inputAddress
    readsStandardInput = program.readsStandardInput
    self.input = input
    try checkInput()
  }

  /// The same with another input.
  ///
  /// - Throws: ``VirtualMachineError`` when the program takes none, or not this one.
  public func with(input: [UInt8]) throws(VirtualMachineError) -> ModuleProgram {
    try ModuleProgram(self, input: input)
  }

  /// Whether an input has any effect.
  public var takesInput: Bool { inputAddress != nil || readsStandardInput }

  /// What the program is to find in its standard input; nil for that of the process.
  public var standardInput: [UInt8]? { inputAddress == nil ? input : [] }

  private static let standardInputName: (Name, Name) = ("wasi_snapshot_preview1", "fd_read")

  /// The program with its input.
  public var program: FullProgram {
    inputData.reduce(bare) { $0.adding($1) }
  }

  /// What a machine with the program in its weights reads.
  package var specializedPrompt: [FullToken] { FullProgram.specializedPrompt(data: inputData) }

  private var inputData: [MemorySegment] {
    guard let inputAddress, let input, !input.isEmpty else { return [] }
    return [MemorySegment(address: inputAddress, bytes: input)]
  }

  private func checkInput() throws(VirtualMachineError) {
    guard let input, !input.isEmpty else { return }
    guard takesInput else { throw VirtualMachineError("the program reads no input, but one was given") }
    guard inputAddress != nil else { return }
    if let offset = input.firstIndex(of: 0) {
      throw VirtualMachineError("the input has a zero byte at offset \(offset); zero ends the input")
    }
    guard input.count <= Self.greatestInput else {
      throw VirtualMachineError("expected an input of at most \(Self.greatestInput) bytes, found \(input.count)")
    }
  }
}

extension Module {
  /// Makes memory one page larger from the start.
  ///
  /// - Returns: the address of the page.
  /// - Throws: ``VirtualMachineError`` when there is no room for one.
  fileprivate mutating func addPage() throws(VirtualMachineError) -> UInt32 {
    guard let memory = memories.first else {
      memories.append(MemoryType(limits: Limits(minimum: 1), offset: 0))
      return 0
    }
    let greatest = FullProgramCompiler.greatestPageCount
    guard memory.limits.minimum < greatest else {
      throw VirtualMachineError(
        "expected a memory of at most \(greatest - 1) pages, since the input takes one of the \(greatest) "
          + "of the full profile, found \(memory.limits.minimum) at byte \(memory.offset)")
    }
    memories[0].limits.minimum += 1
    if let maximum = memory.limits.maximum { memories[0].limits.maximum = max(maximum, memory.limits.minimum + 1) }
    return memory.limits.minimum << 16
  }
}

public import InstructionSet
import ProgramCompiler
import WebAssembly
import WebAssemblyValidation

/// A WebAssembly module with its input, as a program of the full profile that instantiates the module and runs it.
///
/// What is run is the export `_start`, else `main`, else `compute`, the entry of the base profile, which may take the address of
/// the input: a text that ends with a zero byte.
public struct ModuleProgram: Hashable, Sendable {
  /// The program without the input.
  private let bare: FullProgram
  /// Where the input goes; nil for a module that takes none in memory.
  private let inputAddress: UInt32?
  public let input: [UInt8]

  /// The largest input in memory.
  public static let greatestInput = 65_535

  /// Compiles a module, given as its binary format.
  ///
  /// - Throws: ``VirtualMachineError`` with the offset of what is malformed, invalid or cannot be executed, or when there is
  ///   nothing to run.
  public init(wasm: [UInt8], input: [UInt8] = []) throws(VirtualMachineError) {
    do {
      var module = try Module(decoding: wasm, acceptsLongZeros: true)
      try module.validate()
      let entry = try FullEntry(of: module)
      inputAddress = entry.takesInput ? module.addPage() : nil
      let call = entry.call(inputAddress: inputAddress ?? 0)
      bare = try FullProgramCompiler().compile(module, exporting: [], running: call).program
    } catch {
      throw VirtualMachineError("\(error)")
    }
    self.input = input
    try checkInput()
  }

  private init(_ bare: FullProgram, inputAddress: UInt32?, input: [UInt8]) throws(VirtualMachineError) {
    self.bare = bare
    self.inputAddress = inputAddress
    self.input = input
    try checkInput()
  }

  /// The same with another input.
  ///
  /// - Throws: ``VirtualMachineError`` when the program takes none, or not this one.
  public func with(input: [UInt8]) throws(VirtualMachineError) -> ModuleProgram {
    try ModuleProgram(bare, inputAddress: inputAddress, input: input)
  }

  /// Whether an input has any effect.
  public var takesInput: Bool { inputAddress != nil }

  /// The program with its input.
  public var program: FullProgram {
    guard let inputAddress, !input.isEmpty else { return bare }
    return bare.adding(MemorySegment(address: inputAddress, bytes: input))
  }

  private func checkInput() throws(VirtualMachineError) {
    guard !input.isEmpty else { return }
    guard takesInput else { throw VirtualMachineError("the program reads no input, but one was given") }
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
  fileprivate mutating func addPage() -> UInt32 {
    guard let memory = memories.first else {
      memories.append(MemoryType(limits: Limits(minimum: 1), offset: 0))
      return 0
    }
    memories[0].limits.minimum += 1
    if let maximum = memory.limits.maximum { memories[0].limits.maximum = max(maximum, memory.limits.minimum + 1) }
    return memory.limits.minimum << 16
  }
}

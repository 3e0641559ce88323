import Files
import Foundation
public import InstructionSet
import ProgramCompiler

/// Where a program comes from: a file, or an example by its name.
public struct ProgramSource: Hashable, Sendable {
  /// What kind of file it is, by its ending.
  private enum Form: Hashable, Sendable {
    case c
    case webAssembly
    case text
    case example(Example)
  }

  /// The name in reports: a file's without its folder, an example's own.
  public let name: String
  private let path: String
  private let form: Form

  /// A file ending in .c, .wasm or .txt, or the name of an example where there is no such file.
  ///
  /// - Throws: ``VirtualMachineError`` when it is neither.
  public init(_ argument: String) throws(VirtualMachineError) {
    let exists = FileManager.default.fileExists(atPath: argument)
    if !exists, let example = try Example.all().first(where: { $0.name == argument }) {
      self.init(example: example)
      return
    }
    switch (argument as NSString).pathExtension.lowercased() {
    case "c": self.init(path: argument, form: .c)
    case "wasm": self.init(path: argument, form: .webAssembly)
    case "txt": self.init(path: argument, form: .text)
    default:
      if !exists { throw VirtualMachineError("no such file, and no example of that name", subject: argument) }
      throw VirtualMachineError("expected a file ending in .c, .wasm or .txt", subject: argument)
    }
  }

  private init(path: String, form: Form) {
    name = (path as NSString).lastPathComponent
    self.path = path
    self.form = form
  }

  /// An example; compiled from its source where there is a clang for it, else taken as WebAssembly.
  public init(example: Example) {
    name = example.name
    path = "\(example.name).c"
    form = .example(example)
  }

  /// The profile that an instruction text is of; nil for a file of another ending. A file that cannot be read counts as one of the base
  /// profile.
  public static func profile(ofText path: String) -> MachineProfile? {
    guard (path as NSString).pathExtension.lowercased() == "txt" else { return nil }
    guard let text = try? InputFile.text(of: path) else { return .base }
    return FullProgram.isBegun(by: text) ? .full : .base
  }

  /// The program of a profile's machine, with its input.
  ///
  /// - Parameter input: nil for the one that the source brings: an example's default, a text's own, else none.
  /// - Throws: ``VirtualMachineError`` naming the file and what is wrong with it.
  public func program(
    for profile: MachineProfile, input: [UInt8]?
  ) throws(VirtualMachineError) -> MachineProgram {
    try programWithStory(for: profile, input: input).program
  }

  /// The program of the base profile with its input.
  ///
  /// - Parameter input: nil for the one that the source brings: an example's default, a text's own, else none.
  /// - Throws: ``VirtualMachineError`` naming the file and what is wrong with it.
  public func program(input: [UInt8]?) throws(VirtualMachineError) -> Program {
    try baseProgram(input: input).program
  }

  /// The program, and one line about how it was made.
  package func programWithStory(
    for profile: MachineProfile, input: [UInt8]?
  ) throws(VirtualMachineError) -> (program: MachineProgram, story: String) {
    switch profile {
    case .base:
      let (program, story) = try baseProgram(input: input)
      return (.base(program), story)
    case .full:
      let (program, story) = try fullProgram(input: input)
      return (.full(program), story)
    }
  }

  private func fullProgram(
    input: [UInt8]?
  ) throws(VirtualMachineError) -> (program: ModuleProgram, story: String) {
    guard let (module, story, ownInput) = try module(for: .full) else { return try fullProgram(ofText: input) }
    do {
      let program = try ModuleProgram(wasm: module, input: input ?? ownInput)
      return (program, "\(story) → \(program.program.instructions.count) instructions")
    } catch {
      throw VirtualMachineError("\(error)", subject: path)
    }
  }

  /// The program of an instruction text.
  private func fullProgram(
    ofText input: [UInt8]?
  ) throws(VirtualMachineError) -> (program: ModuleProgram, story: String) {
    let text = try VirtualMachineError.naming { () throws(FileError) in try InputFile.text(of: path) }
    do {
      let program = ModuleProgram(try FullProgram(text: text))
      let fed = try input.map { (bytes) throws(VirtualMachineError) in try program.with(input: bytes) }
      return (fed ?? program, "\(program.bare.instructions.count) instructions")
    } catch {
      throw VirtualMachineError("\(error)", subject: path)
    }
  }

  private func baseProgram(input: [UInt8]?) throws(VirtualMachineError) -> (program: Program, story: String) {
    if let (module, story, ownInput) = try module(for: .base) {
      return try lower(module, input: input ?? ownInput ?? [], story: story)
    }
    let text = try VirtualMachineError.naming { () throws(FileError) in try InputFile.text(of: path) }
    let program = try read(text, input: input)
    return (program, "\(program.instructions.count) instructions")
  }

  /// The source as WebAssembly, how it came about, and the input that it brings; nil for a text of instructions.
  private func module(
    for profile: MachineProfile
  ) throws(VirtualMachineError) -> (bytes: [UInt8], story: String, input: [UInt8]?)? {
    switch form {
    case .c:
      _ = try VirtualMachineError.naming { () throws(FileError) in try InputFile.bytes(of: path) }
      let module = try compileC(for: profile)
      return (module, "clang → \(module.count) bytes of WebAssembly", nil)
    case .webAssembly:
      let module = try VirtualMachineError.naming { () throws(FileError) in try InputFile.bytes(of: path) }
      return (module, "\(module.count) bytes of WebAssembly", nil)
    case .text: return nil
    case .example(let example):
      let input = Array(example.input.utf8)
      guard example.profiles.contains(profile) else {
        throw VirtualMachineError("the example needs the full profile", subject: example.name)
      }
      if example.sourceName.hasSuffix(".c"),
        let module = try? ProgramCompiler().compile(c: example.source, named: path, for: profile)
      {
        return (module, "\(example.name).c → clang → \(module.count) bytes of WebAssembly", input)
      }
      return (example.module, "\(example.name).wasm as it ships, \(example.module.count) bytes", input)
    }
  }

  private func compileC(for profile: MachineProfile) throws(VirtualMachineError) -> [UInt8] {
    do {
      return try ProgramCompiler().compile(c: URL(fileURLWithPath: path), for: profile)
    } catch {
      throw VirtualMachineError("\(error)", subject: path)
    }
  }

  private func lower(
    _ module: [UInt8], input: [UInt8], story: String
  ) throws(VirtualMachineError) -> (program: Program, story: String) {
    do {
      let program = try ProgramCompiler().compile(wasm: module, input: input)
      return (program, "\(story) → \(program.instructions.count) instructions")
    } catch {
      throw VirtualMachineError("\(form == .webAssembly ? error : error.withoutOffset)", subject: path)
    }
  }

  private func read(_ text: String, input: [UInt8]?) throws(VirtualMachineError) -> Program {
    do {
      let program = try Program(text: text)
      return try input.map { (bytes) throws(ProgramError) in try program.with(input: bytes) } ?? program
    } catch {
      throw VirtualMachineError("\(error)", subject: path)
    }
  }
}

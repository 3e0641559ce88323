import Foundation

/// Compiles C sources to WebAssembly modules.
struct CCompiler {
  let environment: [String: String]

  /// What clang is told; a flag is here because without it a program costs more tokens or needs what the base profile lacks.
  private static let flags = [
    "--target=\(ClangSearch.target)",
    // Each instruction costs five tokens in the prompt: unrolled and inlined code does not earn that back.
    "-Os",
    // The first version of WebAssembly, and the sign extensions of bytes, which are cheap here.
    "-mcpu=mvp", "-msign-ext",
    // The runtime header is the whole C library.
    "-ffreestanding", "-nostdlib", "-nostdlibinc",
    // A switch becomes comparisons, not a table of words that each program would have to write.
    "-fno-jump-tables",
    // Neighbouring stores are not merged to 64 bits, nor sums of a loop computed by 64-bit products.
    "-mllvm", "-combiner-store-merging=false", "-mllvm", "-replexitval=never",
    // Overflow of signed numbers wraps, here as in the machine.
    "-fwrapv",
    // No function but the entry is offered to the host; the stack lies below the data, both low in memory. Functions keep their
    // names, for errors.
    "-Wl,--no-entry", "-Wl,--export=compute", "-Wl,--strip-all", "-Wl,--keep-section=name", "-Wl,--stack-first",
    "-Wl,-z,stack-size=\(stackSize)",
  ]

  /// Bytes for C's stack of addressable local variables.
  private static let stackSize = 262_144

  /// The standard headers whose functions the runtime header declares: including them changes nothing.
  private static let standardHeaders = ["ctype.h", "stdio.h", "stdlib.h", "string.h"]

  /// - Parameter report: takes what clang says about a source that it compiles.
  func compile(_ source: URL, report: (String) -> Void) throws(ProgramCompilerError) -> [UInt8] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: source.path, isDirectory: &isFolder) else {
      throw ProgramCompilerError(.file(source.path, reason: "no such file"))
    }
    if isFolder.boolValue { throw ProgramCompilerError(.file(source.path, reason: "expected a file, not a folder")) }
    let found = try ClangSearch(environment: environment).find()
    do {
      return try compile(source, with: found, report: report)
    } catch let error as ProgramCompilerError {
      throw error
    } catch {
      throw ProgramCompilerError(.file(source.path, reason: error.localizedDescription))
    }
  }

  private func compile(_ source: URL, with found: ClangSearch.Found, report: (String) -> Void) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tvm-\(UUID().uuidString)")
    let headers = folder.appending(path: "include")
    try FileManager.default.createDirectory(at: headers, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for header in Self.standardHeaders { try Data().write(to: headers.appending(path: header)) }
    let runtime = headers.appending(path: "runtime.h")
    try Data(PackageResources.runtime_h).write(to: runtime)

    let module = folder.appending(path: "program.wasm")
    var arguments = Self.flags
    if let linker = found.linker { arguments.append("-fuse-ld=\(linker.path)") }
    if PrintfConversions.needFields(inSource: try Data(contentsOf: source)) { arguments.append("-DTVM_PRINTF_FIELDS") }
    arguments += ["-isystem", headers.path, "-include", runtime.path]
    arguments += ["-o", module.path, "-x", "c", source.path]
    let result = try Subprocess.run(found.clang, arguments)
    let diagnostics = result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    guard result.status == 0 else {
      try checkEncoding(of: source)
      let said = diagnostics.isEmpty ? "\(found.clang.path) failed with status \(result.status)" : diagnostics
      throw ProgramCompilerError(.compilation(diagnostics: said))
    }
    if !diagnostics.isEmpty { report(diagnostics) }
    return [UInt8](try Data(contentsOf: module))
  }

  /// What clang says of a file that is no text fills screens.
  private func checkEncoding(of source: URL) throws {
    guard String(validating: try Data(contentsOf: source), as: UTF8.self) == nil else { return }
    throw ProgramCompilerError(.compilation(diagnostics: "expected C source in UTF-8"))
  }
}

import Foundation
import Subprocesses

/// C for the full profile.
extension CCompiler {
  /// What clang is told: the target, which is WebAssembly 1.0 with the extensions that the profile has, and nothing that would
  /// tame its code.
  private static let flags = [
    "--target=wasm32", "-mcpu=mvp", "-msign-ext", "-mnontrapping-fptoint", "-O2",
    // The library is the one that ships; freestanding headers, such as <stdint.h>, are clang's own.
    "-nostdlib", "-nostdlibinc",
    // The stack lies below the data, both low in memory. Functions keep their names, for errors.
    "-Wl,--strip-all", "-Wl,--keep-section=name", "-Wl,--stack-first", "-Wl,-z,stack-size=\(stackSize)",
  ]

  /// All that clang is told to make a module of the job's source and the library.
  ///
  /// The module exports `_start`. It calls the program's `main`, or else `compute` with the standard input as text.
  func fullArguments(for job: Job) throws -> [String] {
    let library = try write(FullCLibrary.files, to: job.folder.appending(path: "library"))
    var arguments = Self.flags + ["-isystem", library.path]
    let needs = try needs(of: job, arguments)
    arguments += needs.definitions.map { "-D\($0)" }
    if needs.isComputation {
      arguments += ["-include", library.appending(path: FullCLibrary.baseProfileHeader).path]
    }
    return arguments + ["-x", "c", job.source.path, library.appending(path: FullCLibrary.source).path]
  }

  /// What the source asks of the library, as far as the preprocessor gets.
  private func needs(of job: Job, _ arguments: [String]) throws -> FullCLibrary.Needs {
    let text = job.folder.appending(path: "program.i")
    let preprocessing = ["-E", "-P", "-w", "-x", "c", job.source.path, "-o", text.path]
    let compiling = arguments.filter { !$0.hasPrefix("-Wl,") }
    guard try ClangRun.compile(job.found.clang, compiling + preprocessing, in: job.folder).isSuccess else {
      return FullCLibrary.Needs(ofPreprocessed: [])
    }
    return FullCLibrary.Needs(ofPreprocessed: [UInt8](try Data(contentsOf: text)))
  }
}

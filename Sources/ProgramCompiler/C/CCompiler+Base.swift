import Foundation

/// C for the base profile.
extension CCompiler {
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

  /// The runtime header and what it includes, and the standard headers whose functions it declares: including them changes
  /// nothing.
  private static let headers: [String: [UInt8]] = [
    "runtime.h": PackageResources.runtime_h, "text_and_memory.h": PackageResources.text_and_memory_h,
    "ctype.h": [], "stdio.h": [], "stdlib.h": [], "string.h": [],
  ]

  /// All that clang is told to make a module of the job's source.
  func baseArguments(for job: Job) throws -> [String] {
    let headers = try write(Self.headers, to: job.folder.appending(path: "include"))
    var arguments = Self.flags
    if PrintfConversions.needFields(inSource: try Data(contentsOf: job.source)) {
      arguments.append("-DTVM_PRINTF_FIELDS")
    }
    arguments += ["-isystem", headers.path, "-include", headers.appending(path: "runtime.h").path]
    return arguments + ["-x", "c", job.source.path]
  }
}

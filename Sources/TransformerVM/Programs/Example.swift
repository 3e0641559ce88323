import Yams

/// A program that ships with the package, as C source and as the WebAssembly made from it.
public struct Example: Hashable, Sendable {
  public let name: String
  /// One line about what it does.
  public let summary: String
  /// The C source.
  public let source: String
  /// The module that clang made of the source.
  public let module: [UInt8]
  /// What it is given when nothing else is asked for.
  public let input: String
  /// What it prints for that input.
  public let expectedOutput: String?

  /// All examples in the order of the manifest.
  ///
  /// - Throws: ``VirtualMachineError`` when the manifest is damaged.
  public static func all() throws(VirtualMachineError) -> [Example] {
    let manifest: Manifest
    do {
      manifest = try YAMLDecoder().decode(Manifest.self, from: String(decoding: Resources.manifest, as: UTF8.self))
    } catch {
      throw VirtualMachineError("expected a list of examples", subject: "manifest.yaml")
    }
    return try manifest.examples.map { entry throws(VirtualMachineError) in
      guard let source = Resources.examples[entry.source], let module = Resources.examples[entry.wasm] else {
        throw VirtualMachineError("expected the source and the module to ship", subject: entry.name)
      }
      return Example(
        name: entry.name, summary: entry.description, source: String(decoding: source, as: UTF8.self), module: module,
        input: entry.input ?? "", expectedOutput: entry.output)
    }
  }

  /// The manifest's form.
  private struct Manifest: Decodable {
    struct Entry: Decodable {
      let name: String
      let description: String
      let source: String
      let wasm: String
      let input: String?
      let output: String?
    }

    let examples: [Entry]
  }
}

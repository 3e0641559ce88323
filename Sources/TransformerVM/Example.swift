public import Foundation
import Yams

/// A program that ships with the package, as C source and as the WebAssembly made from it.
public struct Example: Hashable, Sendable {
  public let name: String
  /// One line about what it does.
  public let summary: String
  public let source: URL
  public let module: URL
  /// What it is given when nothing else is asked for.
  public let input: String
  /// What it prints for that input.
  public let expectedOutput: String?

  /// All examples in the order of the manifest.
  ///
  /// - Throws: ``VirtualMachineError`` when the manifest is damaged.
  public static func all() throws(VirtualMachineError) -> [Example] {
    let folder = Resources.url("Examples")
    let text = try Resources.text("Examples/manifest.yaml")
    let manifest: Manifest
    do {
      manifest = try YAMLDecoder().decode(Manifest.self, from: text)
    } catch {
      throw VirtualMachineError("expected a list of examples", subject: "Examples/manifest.yaml")
    }
    return manifest.examples.map { entry in
      Example(
        name: entry.name, summary: entry.description, source: folder.appendingPathComponent(entry.source),
        module: folder.appendingPathComponent(entry.wasm), input: entry.input ?? "", expectedOutput: entry.output)
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

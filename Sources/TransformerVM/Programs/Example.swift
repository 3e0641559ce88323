public import InstructionSet
import Yams

/// A program that ships with the package, as source and as the WebAssembly made from it.
public struct Example: Hashable, Sendable {
  public let name: String
  /// One line about what it does.
  public let summary: String
  /// The name of the source's file, which ends in .c or .swift.
  public let sourceName: String
  public let source: String
  /// The module made of the source: for the base profile where that is one of the profiles.
  public let module: [UInt8]
  /// The machines that execute it. On the full one its entry is `_start`, which reads the standard input.
  public let profiles: [MachineProfile]
  /// What it is given when nothing else is asked for.
  public let input: String
  /// What it prints for that input.
  public let expectedOutput: String?

  /// The examples that a profile's machine executes, in the order of the manifest.
  ///
  /// - Throws: ``VirtualMachineError`` when the manifest is damaged.
  public static func all(for profile: MachineProfile) throws(VirtualMachineError) -> [Example] {
    try all().filter { $0.profiles.contains(profile) }
  }

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
        name: entry.name, summary: entry.description, sourceName: entry.source,
        source: String(decoding: source, as: UTF8.self), module: module,
        profiles: entry.profiles ?? MachineProfile.allCases, input: entry.input ?? "", expectedOutput: entry.output)
    }
  }

  /// The manifest's form.
  private struct Manifest: Decodable {
    struct Entry: Decodable {
      let name: String
      let description: String
      let source: String
      let wasm: String
      let profiles: [MachineProfile]?
      let input: String?
      let output: String?
    }

    let examples: [Entry]
  }
}

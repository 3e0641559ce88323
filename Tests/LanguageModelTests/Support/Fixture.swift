import Foundation
import Kernels
import LanguageModel

/// A small model made by Tests/LanguageModelFixtures/make_fixtures.py, with what transformers computes.
struct Fixture: CustomStringConvertible {
  let name: String
  /// The tokens of one sequence.
  let ids: [Int]
  /// The residual stream after 0, 1, … layers: [layers + 1][positions][hidden], flat.
  let hidden: [Float]
  /// [positions][vocabulary], flat.
  let logits: [Float]
  /// What follows the first five tokens when the most probable is always taken.
  let greedy: [Int]

  /// Tokens before the greedy ones.
  static let promptCount = 5

  static let names = ["tied", "untied", "mixture", "mixture-sparse-step", "yarn"]

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "LanguageModelFixtures").path

  var folder: String { "\(Self.folder)/\(name)" }
  var description: String { name }

  init(_ name: String) throws {
    self.name = name
    let file = try SafetensorsFile(path: "\(Self.folder)/\(name)/expected.safetensors")
    func numbers<Number>(_ name: String, _ type: Number.Type) throws -> [Number] {
      guard let tensor = file.tensors[name] else { throw LanguageModelError(.missingTensor, file: file.path, name) }
      let bytes = file.bytes(of: tensor)
      return (0..<bytes.count / MemoryLayout<Number>.size).map {
        bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Number>.size, as: Number.self)
      }
    }
    ids = try numbers("ids", Int32.self).map(Int.init)
    greedy = try numbers("greedy", Int32.self).map(Int.init)
    hidden = try numbers("hidden", Float.self)
    logits = try numbers("logits", Float.self)
  }
}

/// ‖found − expected‖ / ‖expected‖; infinite when they differ in length.
func relativeDifference(_ found: some Collection<Float>, _ expected: some Collection<Float>) -> Double {
  guard found.count == expected.count else { return .infinity }
  var difference = 0.0
  var norm = 0.0
  for (one, other) in zip(found, expected) {
    difference += (Double(one) - Double(other)) * (Double(one) - Double(other))
    norm += Double(other) * Double(other)
  }
  return (difference / norm).squareRoot()
}

/// The vector units that this machine can run, by name, for parametrised tests.
let availableUnits = VectorUnit.available

import Foundation
import Kernels

/// Writes what a model computes of some tokens, so that engines can be compared.
public enum LogitsFile {
  /// Positions of one pass.
  private static let passSize = 64

  /// Writes a safetensors file with `logits` [positions, vocabulary] in F32, as they come from the output head, and if wanted
  /// `hidden` [layers + 1, positions, hidden], the residual stream after 0, 1, … layers.
  ///
  /// - Throws: `LanguageModelError` for no tokens, more than the context holds, or tokens outside the vocabulary, and when
  ///   the file cannot be written; of the kind `occupied` when it is one of the model's.
  public static func write(
    tokens: [Int], model: Qwen3Model, includingHidden: Bool = false, to path: String
  ) throws(LanguageModelError) {
    let shape = model.configuration
    guard !tokens.isEmpty else { throw LanguageModelError(.argument, "expected at least one token") }
    try refuse(path, of: model.folder)
    var tensors = [SafetensorsWriter.Announcement("logits", .float32, [tokens.count, shape.vocabularySize])]
    if includingHidden {
      tensors.append(.init("hidden", .float32, [shape.layers + 1, tokens.count, shape.hiddenSize]))
    }
    let cache = model.makeCache()
    try cache.checkRoom(for: tokens.count)
    let pass = ForwardPass(model, capacity: min(passSize, tokens.count))
    let writer = try SafetensorsWriter(path: path, tensors)
    // After so many layers, [positions of the pass][hidden].
    var streams: [[Float]] = []
    if includingHidden { pass.observe = { layers, _, hidden in streams[layers] += hidden } }
    for first in stride(from: 0, to: tokens.count, by: passSize) {
      streams = [[Float]](repeating: [], count: includingHidden ? shape.layers + 1 : 0)
      let part = Array(tokens[first..<min(first + passSize, tokens.count)])
      let logits = try pass.run([SequenceStep(part, cache: cache, logits: .all)])
      for row in part.indices {
        try writer.write(logits.numbers(at: row), to: "logits", at: (first + row) * shape.vocabularySize)
      }
      for (layers, rows) in streams.enumerated() {
        try writer.write(rows, to: "hidden", at: (layers * tokens.count + first) * shape.hiddenSize)
      }
    }
    try writer.close()
  }

  /// Refuses a path that leads to a file of a model, whatever it is called.
  private static func refuse(_ path: String, of folder: String) throws(LanguageModelError) {
    guard let place = identity(of: path) else { return }
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where CheckpointFolder.isOfAModel(name) && identity(of: "\(folder)/\(name)") == place {
      throw LanguageModelError(.occupied, file: path, "expected another file than the model's \(name)")
    }
  }

  /// The numbers of a file and of what it lies on, links followed; nil where there is none.
  private static func identity(of path: String) -> [UInt64]? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return [UInt64(truncatingIfNeeded: status.st_dev), UInt64(truncatingIfNeeded: status.st_ino)]
  }
}

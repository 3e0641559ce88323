import Foundation

/// The tensors of a model folder, in one safetensors file or in several that an index lists.
package struct Checkpoint: Sendable {
  /// The folder's path.
  package let folder: String
  private let files: [SafetensorsFile]
  /// The file that has each tensor.
  private let locations: [String: Int]

  /// Opens model.safetensors, or, where there is none, the files that model.safetensors.index.json lists: of a folder with
  /// both, transformers reads the one file too.
  package init(folder: String) throws(LanguageModelError) {
    self.folder = folder
    let single = "\(folder)/model.safetensors"
    let index = "\(single).index.json"
    if FileManager.default.fileExists(atPath: single) {
      let file = try SafetensorsFile(path: single)
      files = [file]
      locations = file.tensors.mapValues { _ in 0 }
    } else if FileManager.default.fileExists(atPath: index) {
      (files, locations) = try Self.sharded(index: index, folder: folder)
    } else {
      throw LanguageModelError(
        .inaccessible, file: folder, "expected model.safetensors or model.safetensors.index.json in the folder")
    }
  }

  private static func sharded(
    index: String, folder: String
  ) throws(LanguageModelError) -> ([SafetensorsFile], [String: Int]) {
    guard let map = try JSONSettings(file: index).object("weight_map") else {
      throw LanguageModelError(.malformed, file: index, "weight_map is missing")
    }
    var files: [SafetensorsFile] = []
    var numbers: [String: Int] = [:]
    var locations: [String: Int] = [:]
    for tensor in map.keys.sorted() {
      guard let shard = try map.string(tensor), !shard.contains("/"), !shard.isEmpty else {
        throw LanguageModelError(.malformed, file: index, "\(tensor): expected the name of a file in the folder")
      }
      let number: Int
      if let known = numbers[shard] {
        number = known
      } else {
        number = files.count
        files.append(try openShard(shard, folder: folder))
        numbers[shard] = number
      }
      guard files[number].tensors[tensor] != nil else {
        throw LanguageModelError(
          .missingTensor, file: files[number].path, "\(tensor) is not in this file, although the index says so")
      }
      locations[tensor] = number
    }
    return (files, locations)
  }

  private static func openShard(_ shard: String, folder: String) throws(LanguageModelError) -> SafetensorsFile {
    let path = "\(folder)/\(shard)"
    guard FileManager.default.fileExists(atPath: path) else {
      throw LanguageModelError(.missingShard, file: path, "the index lists this file, but the folder does not have it")
    }
    return try SafetensorsFile(path: path)
  }

  /// The names of all tensors.
  package var names: some Collection<String> { locations.keys }

  /// Whether there is a tensor of this name.
  package func contains(_ name: String) -> Bool { locations[name] != nil }

  /// Finds a tensor that must be there.
  package func tensor(_ name: String) throws(LanguageModelError) -> CheckpointTensor {
    guard let number = locations[name], let description = files[number].tensors[name] else {
      throw LanguageModelError(.missingTensor, file: folder, "the tensor \(name) is missing")
    }
    return CheckpointTensor(name: name, description: description, file: files[number])
  }
}

/// One tensor of a checkpoint.
package struct CheckpointTensor: Sendable {
  /// Its name in the files.
  package let name: String
  /// Its type, shape and place.
  package let description: TensorDescription
  /// The file that has it.
  package let file: SafetensorsFile

  /// Its bytes in the mapped file.
  package var bytes: UnsafeRawBufferPointer { file.bytes(of: description) }

  /// Checks the shape, and the type against those that the caller can use.
  package func check(shape: [Int], types: [TensorElement]) throws(LanguageModelError) -> TensorElement {
    guard description.shape == shape else {
      throw LanguageModelError(
        .wrongShape, file: file.path, "\(name): expected shape \(shape), found \(description.shape)")
    }
    guard let element = description.element, types.contains(element) else {
      let expected = types.map(\.rawValue).joined(separator: ", ")
      throw LanguageModelError(
        .wrongType, file: file.path, "\(name): expected a type of \(expected), found \(description.type)")
    }
    return element
  }
}

import Foundation
import Kernels

/// Makes an int8 checkpoint of one with floats.
public enum CheckpointQuantizer {
  /// Rounds the matrices of a checkpoint to int8 blocks and writes them, with everything else of the folder, to another.
  ///
  /// Norms and routers stay as they are. The embedding is rounded too, since tied models use it as their head.
  ///
  /// - Parameter replaces: whether a model that the destination holds is replaced, all of it.
  /// - Throws: `LanguageModelError` when the source is not a whole float checkpoint, or has a weight in a matrix that is no
  ///   finite number, or the destination cannot be written; of the kind `occupied` when it holds a file of a model that is not
  ///   to be replaced.
  public static func quantize(
    folder source: String, to destination: String, replacing replaces: Bool = false
  ) throws(LanguageModelError) {
    var shape = try Qwen3Configuration(file: "\(source)/config.json")
    guard shape.quantization == nil else {
      throw LanguageModelError(.argument, file: source, "the checkpoint is quantized already")
    }
    let checkpoint = try Checkpoint(folder: source)
    // Reads and checks everything before anything is written.
    _ = try Qwen3Weights(checkpoint, shape)
    if try hasOwnHead(checkpoint) { shape.tiesEmbeddings = false }
    let folders = [source, destination].map { URL(filePath: $0).resolvingSymlinksInPath().path }
    guard folders[0] != folders[1] else {
      throw LanguageModelError(.argument, file: destination, "expected another folder than the source")
    }
    try checkNumbers(shape, checkpoint)
    let others = otherFiles(of: source)
    try CheckpointFolder.make(destination, for: others, replacing: replaces)
    let writer = try writeTensors(shape, checkpoint, to: "\(destination)/model.safetensors")
    // Not earlier: whoever is interrupted still has the old model.
    try CheckpointFolder.clear(destination, for: others)
    try writer.close()
    try copy(others, from: source, to: destination)
    try writeConfiguration(from: source, to: destination, tiesEmbeddings: shape.tiesEmbeddings)
  }

  /// Whether the files have a head that is not the embedding again.
  private static func hasOwnHead(_ checkpoint: Checkpoint) throws(LanguageModelError) -> Bool {
    guard checkpoint.contains("lm_head.weight") else { return false }
    let head = try checkpoint.tensor("lm_head.weight")
    let embedding = try checkpoint.tensor("model.embed_tokens.weight")
    return head.description.type != embedding.description.type || !head.bytes.elementsEqual(embedding.bytes)
  }

  /// Checks that all weights to be rounded are finite: there is no scale for others, and zeros in their place would go unnoticed.
  private static func checkNumbers(
    _ shape: Qwen3Configuration, _ checkpoint: Checkpoint
  ) throws(LanguageModelError) {
    for tensor in shape.tensors where tensor.role == .matrix {
      let matrix = try checkpoint.matrix(tensor.name, rows: tensor.shape[0], columns: tensor.shape[1])
      let row = Activations(capacity: 1, width: matrix.columns)
      for number in 0..<matrix.rows {
        matrix.copyRow(number, to: row[0])
        guard row.withNumbers(at: 0, { $0.allSatisfy(\.isFinite) }) else {
          throw LanguageModelError(
            .malformed, file: try checkpoint.tensor(tensor.name).file.path,
            "\(tensor.name): expected finite numbers, found another in row \(number)")
        }
      }
    }
  }

  /// Writes all tensors of a file that is not closed yet.
  private static func writeTensors(
    _ shape: Qwen3Configuration, _ checkpoint: Checkpoint, to path: String
  ) throws(LanguageModelError) -> SafetensorsWriter {
    var values: [SafetensorsWriter.Announcement] = []
    var rest: [SafetensorsWriter.Announcement] = []
    for tensor in shape.tensors {
      if tensor.role == .matrix {
        let layout = Int8Layout(rows: tensor.shape[0], columns: tensor.shape[1])
        values.append(.init(tensor.name, .int8, layout.valueShape))
        rest.append(.init("\(tensor.name)_scale", .bfloat16, layout.scaleShape))
      } else {
        let found = try checkpoint.tensor(tensor.name)
        rest.append(.init(tensor.name, found.description.element ?? .float32, tensor.shape))
      }
    }
    // Values first: their lengths are multiples of 512 bytes, so that all of them stay aligned.
    let writer = try SafetensorsWriter(path: path, replacingLink: true, values + rest)
    for tensor in shape.tensors {
      if tensor.role == .matrix {
        let matrix = try checkpoint.matrix(tensor.name, rows: tensor.shape[0], columns: tensor.shape[1])
        try write(matrix, named: tensor.name, to: writer)
      } else {
        try writer.write(try checkpoint.tensor(tensor.name).bytes, to: tensor.name)
      }
    }
    return writer
  }

  private static func write(
    _ matrix: WeightMatrix, named name: String, to writer: SafetensorsWriter
  ) throws(LanguageModelError) {
    let layout = Int8Layout(rows: matrix.rows, columns: matrix.columns)
    let row = UnsafeMutableBufferPointer<Float>.allocate(capacity: matrix.columns)
    let values = UnsafeMutableBufferPointer<Int8>.allocate(capacity: layout.valueCount)
    let scales = UnsafeMutableBufferPointer<UInt16>.allocate(capacity: layout.scaleCount)
    defer {
      row.deallocate()
      values.deallocate()
      scales.deallocate()
    }
    values.initialize(repeating: 0)
    scales.initialize(repeating: 0)
    guard let rowStart = row.baseAddress, let valueStart = values.baseAddress, let scaleStart = scales.baseAddress
    else { return }
    for number in 0..<matrix.rows {
      matrix.copyRow(number, to: rowStart)
      Int8Quantizer.quantize(
        row: number, UnsafeBufferPointer(row), layout: layout, values: valueStart, scales: scaleStart)
    }
    try writer.write(UnsafeRawBufferPointer(values), to: name)
    try writer.write(UnsafeRawBufferPointer(scales), to: "\(name)_scale")
  }

  /// The names of tokenizer, generation defaults and the like, and of templates in their folder.
  private static func otherFiles(of folder: String) -> [String] {
    func names(_ folder: String) -> [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] }
    let templates = names("\(folder)/\(CheckpointFolder.templates)").map { "\(CheckpointFolder.templates)/\($0)" }
    let ownNames = ["config.json", "model.safetensors.index.json"]
    return (names(folder) + templates).filter { name in
      var isFolder: ObjCBool = false
      let isTensors = name.hasSuffix(".safetensors") || name.hasSuffix(".partial")
      return !isTensors && !ownNames.contains(name) && !name.hasPrefix(".")
        && FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder) && !isFolder.boolValue
    }
  }

  private static func copy(
    _ names: [String], from source: String, to destination: String
  ) throws(LanguageModelError) {
    for name in names {
      do {
        // Downloads are often folders of symbolic links, which lead nowhere from another folder.
        let file = URL(filePath: "\(source)/\(name)").resolvingSymlinksInPath().path
        let folder = URL(filePath: "\(destination)/\(name)").deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: file, toPath: "\(destination)/\(name)")
      } catch {
        throw LanguageModelError(.inaccessible, file: "\(destination)/\(name)", "the file cannot be written")
      }
    }
  }

  private static func writeConfiguration(
    from source: String, to destination: String, tiesEmbeddings: Bool
  ) throws(LanguageModelError) {
    let path = "\(destination)/config.json"
    do {
      let data = try Data(contentsOf: URL(filePath: "\(source)/config.json"))
      var object = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
      object["quantization_config"] = [
        "quant_method": Qwen3Configuration.Quantization.int8.rawValue, "block_size": Int8Layout.blockSize,
        "rows_side_by_side": Int8Layout.groupSize, "scale_dtype": "bfloat16",
      ]
      object["tie_word_embeddings"] = tiesEmbeddings
      try JSONSerialization.data(withJSONObject: object, options: [.prettyPrinted, .sortedKeys])
        .write(to: URL(filePath: path))
    } catch {
      throw LanguageModelError(.inaccessible, file: path, "the file cannot be written")
    }
  }
}

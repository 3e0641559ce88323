import Engine
import Transformer

/// What a checkpoint begins with: which run it is of. 144 bytes.
///
/// magic [8], version (uint32, little-endian), the SHA-256 of the model and of the prompt in hexadecimal [64 each], and a checksum of all
/// that (uint32, little-endian).
struct CheckpointHeader {
  static let magic = Array("TVMTOKEN".utf8)
  static let version: UInt32 = 1
  static let byteCount = 144
  private static let versionPlace = 8..<12
  private static let modelPlace = 12..<76
  private static let promptPlace = 76..<140
  private static let checksumPlace = 140..<144

  let bytes: [UInt8]

  /// The header for runs of a model behind a prompt.
  init(model: TransformerModel, prompt: [Int32], vocabulary: MachineVocabulary) {
    let words = prompt.map { vocabulary.text(of: Int($0)) }.joined(separator: " ")
    var bytes = Self.magic
    bytes.append(littleEndian: Self.version)
    bytes += SHA256.hexadecimal(of: model.binaryBytes()).utf8
    bytes += SHA256.hexadecimal(of: Array(words.utf8)).utf8
    bytes.append(littleEndian: Self.checksum(bytes))
    self.bytes = bytes
  }

  /// Why a file with these first bytes is no checkpoint of the run, in one line; nil when it is one.
  ///
  /// - Parameter found: The first `byteCount` bytes, or all when there are fewer.
  func mismatch(_ found: ArraySlice<UInt8>) -> String? {
    let found = Array(found)
    guard found.count == Self.byteCount, found.starts(with: Self.magic) else {
      return "expected a checkpoint of a run, found another file"
    }
    let version = found[Self.versionPlace].littleEndianNumber
    guard version == UInt64(Self.version) else {
      return "expected a checkpoint of version \(Self.version), found version \(version)"
    }
    guard found[Self.checksumPlace].littleEndianNumber == UInt64(Self.checksum(found.dropLast(4))) else {
      return "the checkpoint's first bytes are damaged"
    }
    if found[Self.modelPlace] != bytes[Self.modelPlace] { return "the checkpoint is of a run of another model" }
    if found[Self.promptPlace] != bytes[Self.promptPlace] {
      return "the checkpoint is of a run of another program or input"
    }
    return nil
  }

  private static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    UInt32(truncatingIfNeeded: CheckpointBlock.checksum(bytes))
  }
}

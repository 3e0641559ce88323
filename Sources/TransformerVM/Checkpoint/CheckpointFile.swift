import Foundation

/// The file of a checkpoint: a header, then blocks of tokens, each appended at once.
///
/// A run that is killed leaves at most an incomplete block at the end; it is cut off when the file is opened again. So is everything
/// from a damaged block on. While a run has the file, no other can.
final class CheckpointFile {
  /// The tokens that were in the file when it was opened.
  let tokens: [UInt16]
  private let path: String
  private let file: FileHandle
  /// How many tokens are in the file.
  private var count: Int

  /// Opens or makes a file.
  ///
  /// - Throws: ``VirtualMachineError`` when it cannot be used or is no checkpoint of this run; it is as it was then.
  init(_ path: String, header: CheckpointHeader) throws(VirtualMachineError) {
    self.path = path
    file = try Self.open(path)
    let bytes: [UInt8]
    do {
      bytes = Array(try file.readToEnd() ?? Data())
    } catch {
      throw VirtualMachineError("the checkpoint cannot be read", subject: path)
    }
    // A run that was killed at its very beginning leaves nothing, or a part of its header.
    let isNew = bytes.count < header.bytes.count && header.bytes.starts(with: bytes)
    if !isNew, let mismatch = header.mismatch(bytes.prefix(CheckpointHeader.byteCount)) {
      throw VirtualMachineError(mismatch, subject: path)
    }
    var tokens: [UInt16] = []
    var end = min(CheckpointHeader.byteCount, bytes.count)
    while let block = CheckpointBlock.tokens(in: bytes[end...], first: tokens.count) {
      tokens += block
      end += CheckpointBlock.byteCount(of: block.count)
    }
    self.tokens = tokens
    count = tokens.count
    try change { file in
      try file.truncate(atOffset: UInt64(isNew ? 0 : end))
      if isNew { try file.write(contentsOf: header.bytes) }
    }
  }

  deinit {
    try? file.close()
  }

  /// Adds tokens to the file.
  ///
  /// - Throws: ``VirtualMachineError`` when they cannot be written.
  func append(_ tokens: ArraySlice<UInt16>) throws(VirtualMachineError) {
    guard !tokens.isEmpty else { return }
    let bytes = CheckpointBlock.bytes(of: tokens, first: count)
    try change { try $0.write(contentsOf: bytes) }
    count += tokens.count
  }

  /// Changes the file and waits until the change is on the disk.
  private func change(_ body: (FileHandle) throws -> Void) throws(VirtualMachineError) {
    do {
      try body(file)
      try file.synchronize()
    } catch {
      throw VirtualMachineError("the checkpoint cannot be written", subject: path)
    }
  }

  /// Opens a file for reading and writing, for this run alone.
  private static func open(_ path: String) throws(VirtualMachineError) -> FileHandle {
    let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw VirtualMachineError("the checkpoint cannot be opened for writing", subject: path)
    }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw VirtualMachineError("expected a file for the checkpoint, found something else", subject: path)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw VirtualMachineError("the checkpoint is in use by another run", subject: path)
    }
    return file
  }
}

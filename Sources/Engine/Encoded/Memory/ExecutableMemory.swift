import Foundation

/// Code in memory of its own, which the processor may execute. What has been written there can only be read from then on.
///
/// It is unchecked for `Sendable` because of the address, behind which nothing changes.
package final class ExecutableMemory: @unchecked Sendable {
  /// Changes what may be done with pages, as the system's `mprotect` does.
  package typealias Protect = @Sendable (UnsafeMutableRawPointer, Int, Int32) -> Int32

  /// The system's own.
  package static let system: Protect = { mprotect($0, $1, $2) }

  private let base: UnsafeMutableRawPointer
  private let byteCount: Int
  /// The first instruction.
  package let code: UnsafeRawPointer

  /// Copies code and data to pages of their own and makes the code's executable.
  ///
  /// - Throws: `CompilationError` of kind `notLoaded` when the system does not let anyone execute what was written.
  package init(_ assembler: Assembler, protect: Protect = ExecutableMemory.system) throws(CompilationError) {
    let data = assembler.data.bytes
    let dataSize = Self.pages(data.count)
    let instructions = assembler.linked(distanceToData: -dataSize)
    byteCount = dataSize + Self.pages(instructions.count)
    guard let base = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0), base != MAP_FAILED
    else { throw Self.refusal }
    self.base = base
    code = UnsafeRawPointer(base + dataSize)
    let pages = UnsafeMutableRawBufferPointer(start: base, count: byteCount)
    pages.copyBytes(from: data)
    UnsafeMutableRawBufferPointer(rebasing: pages[dataSize...]).copyBytes(from: instructions)
    guard protect(base, byteCount, PROT_READ) == 0,
      protect(base + dataSize, byteCount - dataSize, PROT_READ | PROT_EXEC) == 0
    else { throw Self.refusal }
  }

  deinit {
    munmap(base, byteCount)
  }

  private static func pages(_ byteCount: Int) -> Int {
    let size = Int(getpagesize())
    return (byteCount + size - 1) / size * size
  }

  private static var refusal: CompilationError {
    CompilationError(.notLoaded, "the system gives no memory for code: \(String(cString: strerror(errno)))")
  }
}

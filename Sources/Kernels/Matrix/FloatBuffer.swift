/// Memory for binary32 numbers, aligned to a cache line, zero at first.
package final class FloatBuffer {
  /// The first number's address, to be used only while something else keeps this object alive.
  package let start: UnsafeMutablePointer<Float>
  /// The numbers it has room for.
  package let count: Int

  /// Makes room for `count` numbers.
  package init(count: Int) {
    precondition(count >= 0)
    self.count = count
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * 4, alignment: 64)
    start = bytes.initializeMemory(as: Float.self, repeating: 0, count: count)
  }

  deinit {
    start.deallocate()
  }
}

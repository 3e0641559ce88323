import Files

extension VirtualMachineError {
  /// Does what reads or writes a file, with this module's error when it fails.
  static func naming<Value>(_ access: () throws(FileError) -> Value) throws(VirtualMachineError) -> Value {
    do {
      return try access()
    } catch {
      throw VirtualMachineError(error.message, subject: error.path)
    }
  }
}

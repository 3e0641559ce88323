import Foundation

/// A library of compiled code, loaded as long as someone holds it.
///
/// It is unchecked for `Sendable` because of the system's handle, which any thread may use.
final class CodeLibrary: @unchecked Sendable {
  private let handle: UnsafeMutableRawPointer

  /// Loads a library.
  ///
  /// - Throws: `CompilationError` of kind `notLoaded` with what the system says.
  init(_ path: String) throws(CompilationError) {
    guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw CompilationError(.notLoaded, dlerror().map { String(cString: $0) } ?? "\(path): cannot be loaded")
    }
    self.handle = handle
  }

  deinit {
    dlclose(handle)
  }

  /// The address of a function.
  func symbol(_ name: String) throws(CompilationError) -> UnsafeMutableRawPointer {
    guard let symbol = dlsym(handle, name) else {
      throw CompilationError(.notLoaded, "the compiled library has no function \(name)")
    }
    return symbol
  }
}

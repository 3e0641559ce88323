import WebAssembly

/// A function of a library, which is compiled into a program once something there calls it.
struct FullRoutine: Hashable, Comparable {
  let library: FullLibrary
  let function: FunctionIndex

  var type: FunctionType {
    get throws(ProgramCompilerError) { try library.module.type(of: function, offset: 0) }
  }

  static func == (left: FullRoutine, right: FullRoutine) -> Bool {
    left.library.name == right.library.name && left.function == right.function
  }

  static func < (left: FullRoutine, right: FullRoutine) -> Bool {
    (left.library.name, left.function) < (right.library.name, right.function)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(library.name)
    hasher.combine(function)
  }
}

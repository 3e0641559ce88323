#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The functions of HiGHS's C interface that are used here, found in a shared library at run time.
///
/// The library stays loaded until the process ends.
struct HighsLibrary {
  /// A HiGHS object.
  typealias Handle = UnsafeMutableRawPointer
  /// kind, message, output data, input data, context
  typealias Callback =
    @convention(c) (
      Int32, UnsafePointer<CChar>?, UnsafeRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?
    ) -> Void
  typealias Text = UnsafePointer<CChar>
  typealias Doubles = UnsafePointer<Double>
  typealias Integers = UnsafePointer<Int32>

  let create: @convention(c) () -> Handle?
  let destroy: @convention(c) (Handle?) -> Void
  let version: @convention(c) () -> Text?
  let sizeOfInteger: @convention(c) (Handle?) -> Int32
  let setBool: @convention(c) (Handle?, Text, Int32) -> Int32
  let setInteger: @convention(c) (Handle?, Text, Int32) -> Int32
  let setDouble: @convention(c) (Handle?, Text, Double) -> Int32
  let setText: @convention(c) (Handle?, Text, Text) -> Int32
  /// columns, rows, non-zeros, matrix format, sense, offset, column cost, lower, upper, row lower, upper, starts,
  /// indices, values, integrality
  let passProgram:
    @convention(c) (
      Handle?, Int32, Int32, Int32, Int32, Int32, Double, Doubles, Doubles, Doubles, Doubles, Doubles, Integers,
      Integers, Doubles, Integers
    ) -> Int32
  /// column values, row values, column duals, row duals
  let setSolution: @convention(c) (Handle?, Doubles?, Doubles?, Doubles?, Doubles?) -> Int32
  let setCallback: @convention(c) (Handle?, Callback?, UnsafeMutableRawPointer?) -> Int32
  let startCallback: @convention(c) (Handle?, Int32) -> Int32
  let callbackItem: @convention(c) (UnsafeRawPointer?, Text) -> UnsafeRawPointer?
  let run: @convention(c) (Handle?) -> Int32
  let modelStatus: @convention(c) (Handle?) -> Int32
  let doubleInformation: @convention(c) (Handle?, Text, UnsafeMutablePointer<Double>) -> Int32
  let integerInformation: @convention(c) (Handle?, Text, UnsafeMutablePointer<Int32>) -> Int32
  /// column values, column duals, row values, row duals
  let solution:
    @convention(c) (
      Handle?, UnsafeMutablePointer<Double>?, UnsafeMutablePointer<Double>?, UnsafeMutablePointer<Double>?,
      UnsafeMutablePointer<Double>?
    ) -> Int32

  /// Why a file is no usable HiGHS library.
  struct LoadError: Error {
    let message: String
  }

  /// Loads the library from a file or, when `path` has no slash, from where the system looks.
  init(path: String) throws(LoadError) {
    guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw LoadError(message: dlerror().map { String(cString: $0) } ?? "cannot be loaded")
    }
    create = try Self.find("Highs_create", in: library)
    destroy = try Self.find("Highs_destroy", in: library)
    version = try Self.find("Highs_version", in: library)
    sizeOfInteger = try Self.find("Highs_getSizeofHighsInt", in: library)
    setBool = try Self.find("Highs_setBoolOptionValue", in: library)
    setInteger = try Self.find("Highs_setIntOptionValue", in: library)
    setDouble = try Self.find("Highs_setDoubleOptionValue", in: library)
    setText = try Self.find("Highs_setStringOptionValue", in: library)
    passProgram = try Self.find("Highs_passMip", in: library)
    setSolution = try Self.find("Highs_setSolution", in: library)
    setCallback = try Self.find("Highs_setCallback", in: library)
    startCallback = try Self.find("Highs_startCallback", in: library)
    callbackItem = try Self.find("Highs_getCallbackDataOutItem", in: library)
    run = try Self.find("Highs_run", in: library)
    modelStatus = try Self.find("Highs_getModelStatus", in: library)
    doubleInformation = try Self.find("Highs_getDoubleInfoValue", in: library)
    integerInformation = try Self.find("Highs_getIntInfoValue", in: library)
    solution = try Self.find("Highs_getSolution", in: library)
  }

  /// The address of a function as a value of its C type.
  private static func find<Function>(
    _ name: String, in library: UnsafeMutableRawPointer
  ) throws(LoadError) -> Function {
    guard let address = dlsym(library, name) else { throw LoadError(message: "has no function \(name)") }
    return unsafeBitCast(address, to: Function.self)
  }
}

public import WebAssembly

extension FunctionType {
  /// The greatest number of parameters, and of results, of a function type that may be used: 1,000, as in the
  /// JavaScript interface, so that no module made for a browser is refused.
  ///
  /// An instruction of two bytes can move as many operands as its type lists; without a limit the time to check a file
  /// could grow with the square of its size.
  public static let maximumArity = 1_000
}

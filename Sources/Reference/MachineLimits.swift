/// How far the machine's addresses reach.
///
/// Lookups by an integer key are exact for keys below 2²⁶; what is addressed must stay below.
public enum MachineLimits {
  /// Bytes of memory: 64 MiB.
  public static let memoryBytes = 1 << 26
  /// Local variables of one call: they are keyed by 256 · call depth + 4 · index + byte.
  public static let localsPerCall = 64
  /// Calls that may be open at once.
  public static let callDepth = memoryBytes / (4 * localsPerCall) - 1
  /// Operands on the stack, of all open calls together.
  public static let operandDepth = 1 << 24
}

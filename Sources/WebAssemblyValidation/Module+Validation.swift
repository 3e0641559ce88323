public import WebAssembly

extension Module {
  /// Checks every rule that version 1.0 of the specification, with sign extension, multi-value, saturating conversions
  /// and bulk memory, has for a module before it may be instantiated.
  ///
  /// Any value ends in an error or in none, also one that was not decoded from a file.
  /// - Throws: The first rule broken: imports and functions' types first, then globals, tables, memories, segments,
  ///   bodies, the start function and exports.
  /// - Complexity: Time proportional to the number of instructions, labels and definitions, times the logarithm of a
  ///   function's runs of locals for each instruction on a local, and up to ``FunctionType/maximumArity`` steps for
  ///   each instruction that moves many operands at once.
  public func validate() throws(ValidationError) {
    let spaces = try IndexSpaces(self)
    try spaces.checkGlobals(of: self)
    try spaces.checkTables(of: self)
    try spaces.checkMemories(of: self)
    try spaces.checkElements(of: self)
    try spaces.checkData(of: self)
    try spaces.checkBodies(of: self)
    try spaces.checkStart(of: self)
    try spaces.checkExports(of: self)
  }
}

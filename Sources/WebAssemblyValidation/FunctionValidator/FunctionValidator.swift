package import WebAssembly

/// The validation algorithm for a function's body, one instruction after another.
///
/// It simulates the types of the operands and the constructs that are open. A pass that translates a valid function can
/// let it run alongside: before each instruction, ``operands`` and ``frames`` tell the types and heights there.
///
///     var validator = try FunctionValidator(function, index: 0, in: spaces)
///     for instruction in function.body { try validator.check(instruction) }
///     try validator.checkIsComplete()
package struct FunctionValidator: Sendable {
  /// What the indices of the module point at.
  package let spaces: IndexSpaces
  /// The types of parameters and locals.
  package let locals: LocalTypes
  /// The types of the operands, topmost last; `nil` for an operand of unreachable code whose type is not determined.
  package internal(set) var operands: [ValueType?] = []
  /// The constructs that are open, innermost last. The first is the function itself; its `end` leaves none.
  package internal(set) var frames: [ControlFrame]
  /// The instruction under check, or before the first one the start of the function.
  var place: ValidationError.Place
  /// What the instruction under check does, for messages.
  var operation: Operation = .nop

  /// A validator that stands before the first instruction of `function`, which has `index` among all functions of the
  /// module with `spaces`.
  /// - Throws: An error if the function's type is unknown.
  package init(_ function: Function, index: Int, in spaces: IndexSpaces) throws(ValidationError) {
    place = ValidationError.Place(function: FunctionIndex(clamping: index), offset: function.offset)
    let type = try spaces.type(function.type, at: place)
    self.spaces = spaces
    locals = LocalTypes(parameters: type.parameters, runs: function.locals)
    // Parameters of a function are locals, not operands.
    frames = [ControlFrame(.function, FunctionType(parameters: [], results: type.results), height: 0)]
  }

  /// Whether the next instruction can be reached.
  package var isReachable: Bool { frames.last.map { !$0.isUnreachable } ?? false }

  /// Checks that the function's own `end` was the last instruction.
  package func checkIsComplete() throws(ValidationError) {
    guard frames.isEmpty else {
      throw ValidationError(.structure, at: place, expected: "end of \(frames.count) open constructs")
    }
  }

  /// Checks the next instruction and carries out what it does to operands and constructs.
  ///
  /// After an error, the state is that of no program, and the validator of no further use.
  package mutating func check(_ instruction: Instruction) throws(ValidationError) {
    place.offset = instruction.offset
    operation = instruction.operation
    guard !frames.isEmpty else { throw error(.structure, expected: "no \(operation.name) after the function's end") }
    switch instruction.operation {
    case .nop, .unreachable, .block, .loop, .if, .else, .end: try checkConstruct(instruction.operation)
    case .br, .brIf, .brTable, .return, .call, .callIndirect: try checkTransfer(instruction.operation)
    case .drop, .select, .localGet, .localSet, .localTee, .globalGet, .globalSet:
      try checkVariable(instruction.operation)
    case .load, .store, .memorySize, .memoryGrow, .memoryInit, .dataDrop, .memoryCopy, .memoryFill, .tableInit,
      .elemDrop, .tableCopy:
      try checkMemory(instruction.operation)
    case .i32Const: push(.i32)
    case .i64Const: push(.i64)
    case .f32Const: push(.f32)
    case .f64Const: push(.f64)
    case .numeric(let numericOperator):
      let signature = numericOperator.signature
      if signature.isBinary { try pop(signature.operand) }
      try pop(signature.operand)
      push(signature.result)
    }
  }

  /// An error of the instruction under check.
  func error(_ kind: ValidationError.Kind, index: UInt32? = nil, expected: String) -> ValidationError {
    ValidationError(kind, index: index, at: place, expected: expected)
  }
}

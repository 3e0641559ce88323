import WebAssembly

/// Finds the local variables whose first value, zero, a function may read: all others need not be zeroed.
///
/// A forward pass over the structured code: at each point, which variables every path has written. Where paths meet, the sets
/// are intersected; a loop's later rounds have written no less than its first.
struct DefiniteAssignment {
  /// A set of local variables: bit i stands for variable i. Enough for the base profile's 64.
  typealias Locals = UInt64

  private struct Frame {
    let isLoop: Bool
    /// The variables written when an `if` begins, for its `else`.
    let atStart: Locals
    /// The variables written on all branches to the frame's end so far.
    var atEnd: Locals = .max
    /// Whether the frame is an `if` without an `else`, so far.
    var mayBeSkipped: Bool
  }

  private var written: Locals
  private var frames: [Frame]
  private var readEarly: Locals = 0

  /// The variables from `parameterCount` up that are read on some path before they are written.
  static func localsReadEarly(in body: [WebAssembly.Instruction], parameterCount: Int) -> Locals {
    let parameters: Locals = parameterCount >= Locals.bitWidth ? .max : 1 << Locals(parameterCount) - 1
    var pass = DefiniteAssignment(
      written: parameters, frames: [Frame(isLoop: false, atStart: 0, mayBeSkipped: false)])
    for instruction in body { pass.visit(instruction.operation) }
    return pass.readEarly
  }

  private mutating func visit(_ operation: Operation) {
    switch operation {
    case .localGet(let index): readEarly |= Self.bit(index) & ~written
    case .localSet(let index), .localTee(let index): written |= Self.bit(index)
    case .block: frames.append(Frame(isLoop: false, atStart: written, mayBeSkipped: false))
    case .loop: frames.append(Frame(isLoop: true, atStart: written, mayBeSkipped: false))
    case .if: frames.append(Frame(isLoop: false, atStart: written, mayBeSkipped: true))
    case .else: visitElse()
    case .end: visitEnd()
    case .br(let label): branch(label, isLast: true)
    case .brIf(let label): branch(label, isLast: false)
    case .brTable(let table):
      for label in table.labels { branch(label, isLast: false) }
      branch(table.defaultLabel, isLast: true)
    case .return, .unreachable: written = .max
    default: break
    }
  }

  private mutating func visitElse() {
    guard var frame = frames.popLast() else { return }
    frame.atEnd &= written
    frame.mayBeSkipped = false
    written = frame.atStart
    frames.append(frame)
  }

  private mutating func visitEnd() {
    guard let frame = frames.popLast() else { return }
    written &= frame.atEnd
    if frame.mayBeSkipped { written &= frame.atStart }
  }

  /// Behind a branch that is always taken nothing runs, so that nothing is unwritten there.
  private mutating func branch(_ label: LabelIndex, isLast: Bool) {
    if label < frames.count {
      let index = frames.count - 1 - Int(label)
      if !frames[index].isLoop { frames[index].atEnd &= written }
    }
    if isLast { written = .max }
  }

  private static func bit(_ index: LocalIndex) -> Locals {
    index < Locals.bitWidth ? 1 << Locals(index) : 0
  }
}

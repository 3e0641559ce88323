/// What may have left a reference in an operand's slot.
enum ReferenceSource: Hashable {
  /// An instruction of the code.
  case instruction(Int)
  /// One of the sources of operands that meet where branches do.
  case meeting(Int)
}

/// Where operands meet that may be references, each meeting with the sources of what comes together there.
///
/// A meeting stands for its sources instead of repeating them: what passes through many meetings, on several ways each, has
/// more ways than anyone could list.
struct ReferenceMeetings {
  private var sources: [[ReferenceSource]] = []

  /// What stands for all of some sources.
  mutating func meeting(of meeting: [ReferenceSource]) -> [ReferenceSource] {
    guard meeting.count > 1 else { return meeting }
    sources.append(meeting)
    return [.meeting(sources.count - 1)]
  }

  /// The instructions among some sources, and those behind their meetings that were not taken before.
  mutating func takeInstructions(of taken: [ReferenceSource]) -> [Int] {
    var instructions: [Int] = []
    var open = taken
    while let source = open.popLast() {
      switch source {
      case .instruction(let number): instructions.append(number)
      case .meeting(let number):
        open += sources[number]
        sources[number] = []
      }
    }
    return instructions
  }
}

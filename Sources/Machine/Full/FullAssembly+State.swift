import Graph
import InstructionSet

/// Where the trace stands: sums and lookups over tokens, before any instruction is known.
struct FullState {
  /// The number of the instruction to execute; before the first jump 0, or −1 for a machine with a program in its weights.
  let cursor: Expression
  /// The position behind which the prologue is written; zero for a machine that writes none.
  let prologueStart: Expression
  let stackDepth: Expression
  /// How many bytes the instruction has written so far.
  let byteIndex: Expression
  /// The bytes before this token, the nearer first.
  let byteBefore: Expression
  let byteBeforeLast: Expression
  /// The two bytes up to this token as a number.
  let half: Expression
  /// The four bytes up to this token as a number.
  let word: Expression
  /// The size of memory in bytes.
  let memorySize: Expression
  /// Where the latest data begin, less the position of their first byte.
  let dataOrigin: Expression
}

extension FullAssembly {
  mutating func trackState() -> FullState {
    let byte = columns[.byte]
    let byteBefore = builder.gather([byte], at: position - one, name: "byte_before")[0]
    let half = byteBefore + 256 * byte
    let before = builder.gather([half, byte], at: position - 2 * one, name: "half_before")
    let word = builder.persist(before[0] + 65536 * half, name: "word")
    let boundary = builder.fetch(
      [position], query: .zero, key: .zero, keySquare: .zero, clear: columns.continuation, name: "last_boundary")
    let sums = builder.cumulativeSums(
      [columns.stackEffect, columns.retirement], names: ["stack_depth", "instruction_count"])
    // Instructions follow each other from where the latest jump led.
    // Where there was none, the lookup gives 0: one more tells a jump to instruction 0 from that.
    let offset = place.mode == .specialized ? one : .zero
    let jump = builder.fetch(
      [half + offset, sums[1].product], query: .zero, key: .zero, keySquare: .zero, clear: columns.noJump,
      name: "last_jump")
    let cursor = builder.rounded(jump[0] + sums[1].product - jump[1], name: "cursor")
    let pages = builder.fetch(
      [65536 * word], query: .zero, key: .zero, keySquare: .zero, clear: columns.noMemorySize, name: "memory_size")
    let data = builder.fetch(
      [word - position - one], query: .zero, key: .zero, keySquare: .zero, clear: columns.noDataAddress,
      name: "data_origin")
    return FullState(
      cursor: cursor - offset, prologueStart: findPrologue(), stackDepth: sums[0].exact,
      byteIndex: builder.persist(position - boundary[0], name: "byte_index"), byteBefore: byteBefore,
      byteBeforeLast: before[1], half: half, word: word, memorySize: pages[0], dataOrigin: data[0])
  }
}

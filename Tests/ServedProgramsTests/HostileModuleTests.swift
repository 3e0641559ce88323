import Foundation
import RandomNumbers
import ServedPrograms
import Testing
import TransformerVM

/// Modules that somebody sends who means no good.
@Suite struct HostileModuleTests {
  private static func refusal(_ wasm: [UInt8]) throws -> ProgramServingError? {
    let library = try Serving.library()
    do throws(ProgramServingError) {
      _ = try library.program(ofModule: wasm)
      return nil
    } catch {
      return error
    }
  }

  private static let valid = SampleModule.exiting(3).bytes

  @Test func whatIsNoModuleIsRefusedWithTheOffset() throws {
    #expect(try Self.refusal([])?.kind == .invalidModule)
    #expect(try Self.refusal(Array("int main() {}".utf8))?.kind == .invalidModule)
    for length in 0..<Self.valid.count {
      let error = try Self.refusal(Array(Self.valid[..<length]))
      #expect(error?.kind == .invalidModule, "the first \(length) bytes")
      #expect(error?.description.isEmpty == false)
    }
  }

  @Test func whatIsInvalidIsRefused() throws {
    // An operand is missing; a local is unknown; the result is of another type.
    for code in [[0x6a], [0x20, 9], [0x42, 1]] as [[UInt8]] {
      #expect(try Self.refusal(SampleModule(code: code).bytes)?.kind == .invalidModule, "\(code)")
    }
  }

  @Test func whatIsTooLargeIsRefused() throws {
    #expect(try Self.refusal(Array(repeating: 0, count: (1 << 20) + 1))?.kind == .invalidModule)
    #expect(try Self.refusal(SampleModule(code: [0x41, 0], memoryPages: 70_000).bytes) != nil)
    #expect(try Self.refusal(SampleModule(code: [0x41, 0], memoryPages: 60_000).bytes) != nil)
    let manyLocals = SampleModule(code: [0x41, 0], locals: [[0xff, 0xff, 0xff, 0xff, 0x0f, 0x7f]])
    #expect(try Self.refusal(manyLocals.bytes) != nil)
  }

  /// Blocks within blocks, as many as a module that is not refused for its size can have.
  @Test(arguments: [1000, 400_000])
  func deepNestingDoesNoHarm(depth: Int) async throws {
    let beginnings = [[UInt8]](repeating: [0x02, 0x40], count: depth).flatMap { $0 }
    let code = beginnings + [UInt8](repeating: 0x0b, count: depth) + [0x41, 0]
    let bytes = SampleModule(code: code).bytes
    // On a thread with a stack as small as a server's.
    _ = try await Task(executorPreference: SmallStacks.shared) { try Self.refusal(bytes) }.value
  }

  /// Whatever becomes of a module's bytes, the library answers, and what it takes runs to an end.
  @Test func damagedModulesDoNoHarm() async throws {
    let seed = ProcessInfo.processInfo.environment["TVM_SEED"].flatMap { UInt64($0) } ?? 20_261
    var generator = SplitMix64(seed: seed)
    let server = try Serving.server { $0.maximumTokens = 2000 }
    let base = SampleModule(
      code: [0x41, 65] + SampleModule.output + [0x41, 0, 0x28, 2, 0, 0x41, 3, 0x6a, 0x41, 5, 0x6c],
      data: [1, 2, 3, 4]
    ).bytes
    var executed = 0
    for round in 0..<600 {
      var bytes = base
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[Int.random(in: 8..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      guard let program = try? Serving.library().program(ofModule: bytes) else { continue }
      executed += 1
      let answer = try await Serving.answer(ProgramRequest(program), by: server)
      #expect(answer.report != nil, "round \(round), seed \(seed)")
    }
    #expect(executed > 10, "seed \(seed)")
    try await Serving.expectNothingLeft(server)
  }
}

/// Threads of Dispatch, whose stacks are 512 KiB.
private final class SmallStacks: TaskExecutor {
  static let shared = SmallStacks()
  private let queue = DispatchQueue(label: "small stacks", attributes: .concurrent)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}

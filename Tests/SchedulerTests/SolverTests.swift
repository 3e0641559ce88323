import Foundation
import Graph
import Scheduler
import TestSupport
import Testing

struct SolverTests {
  @Test func aMissingSolverSaysWhatWasTried() throws {
    let expected = ScheduleError(.solverNotFound(solver: "cbc", tried: ["/nowhere/cbc"]))
    #expect(throws: expected) { try ScheduleSolver.cbc.locate(environment: ["TVM_CBC": "/nowhere/cbc"]) }
    do throws(ScheduleError) {
      _ = try ScheduleSolver.highs.locate(environment: ["TVM_HIGHS": "/nowhere/highs"])
      Issue.record("found")
    } catch {
      #expect(error.description.contains("TVM_HIGHS=/nowhere/highs"))
    }
    #expect(try ScheduleSolver.list.locate(environment: [:]) == "list")
  }

  /// A variable may name a file that is called anything.
  @Test func errorsAreOneLine() throws {
    do throws(ScheduleError) {
      _ = try ScheduleSolver.cbc.locate(environment: ["TVM_CBC": "/no\u{1b}[2J\nwhere/cbc"])
      Issue.record("found")
    } catch {
      #expect(error.description.contains(#"/no\u{1B}[2J\nwhere/cbc"#))
    }
  }

  /// A file that is no library is refused with the loader's reason.
  @Test func aFileThatIsNoLibrary() throws {
    do throws(ScheduleError) {
      _ = try ScheduleSolver.highs.locate(environment: ["TVM_HIGHS": #filePath])
      Issue.record("found")
    } catch {
      #expect(error.description.contains("SolverTests.swift ("))
    }
  }

  /// A solver that keeps to no limit ends with what it has started, and leaves no files.
  @Test func aSolverThatDoesNotEndIsEnded() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tvm-solver-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let solver = folder.appending(path: "cbc")
    // It ignores being interrupted, and so does its child.
    try ShellScript.write(
      "trap '' INT; echo \"$1\" > '\(folder.path)/program'; echo $$ > '\(folder.path)/group'; sleep 600 & sleep 600",
      to: solver)
    let graph = try RandomGraphs.graph(seed: 12, operations: 24, inputs: 4)
    let options = SchedulingOptions(solver: .cbc, timeLimit: 3)
    let search = ScheduleSearch(for: graph, options: options, environment: ["TVM_CBC": solver.path])
    let clock = ContinuousClock()
    let start = clock.now
    _ = try? search.run()
    #expect(clock.now - start < .seconds(300))
    let program = try String(contentsOf: folder.appending(path: "program"), encoding: .utf8)
    #expect(program.contains("tvm-cbc-"))
    let files = URL(filePath: program.trimmingCharacters(in: .newlines)).deletingLastPathComponent()
    #expect(!FileManager.default.fileExists(atPath: files.path))
    let group = try String(contentsOf: folder.appending(path: "group"), encoding: .utf8)
    let number = try #require(Int32(group.trimmingCharacters(in: .newlines)))
    while kill(-number, 0) == 0, clock.now - start < .seconds(300) { usleep(10_000) }
    #expect(kill(-number, 0) != 0)
  }

  /// A python3 that is asked where HiGHS is and does not answer.
  @Test func aPythonThatDoesNotAnswerIsNotWaitedFor() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tvm-python-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try ShellScript.write("sleep 600", to: folder.appending(path: "python3"))
    let clock = ContinuousClock()
    let start = clock.now
    _ = try? ScheduleSolver.highs.locate(environment: ["PATH": "\(folder.path):/usr/bin:/bin"])
    #expect(clock.now - start < .seconds(300))
  }

  /// An empty variable is one that is not set.
  @Test func anEmptyVariableIsNone() throws {
    do throws(ScheduleError) {
      _ = try ScheduleSolver.cbc.locate(environment: ["TVM_CBC": "", "PATH": "/nowhere"])
    } catch {
      guard case .solverNotFound(_, let tried) = error.kind else { throw error }
      #expect(tried.contains("cbc") && !tried.contains(""))
    }
  }

  private static func solution(
    _ solver: ScheduleSolver, graph: UInt64 = 12, seconds: Double = 60, maxFeedForward: Int? = nil,
    progress: @escaping (ScheduleProgress) -> Void = { _ in }
  ) throws -> ScheduleSolution {
    let graph = try RandomGraphs.graph(seed: graph, operations: 24, inputs: 4)
    let options = SchedulingOptions(
      solver: solver, maxFeedForward: maxFeedForward, timeLimit: seconds)
    return try ScheduleSearch(for: graph, options: options).run(progress: progress)
  }

  private static func check(_ solver: ScheduleSolver) throws {
    var reports: [ScheduleProgress] = []
    let best = try solution(solver) { reports.append($0) }
    #expect(best.status == .optimal)
    #expect(reports.last?.best == best.schedule.modelWidth)
    #expect(reports.allSatisfy { ($0.bound ?? 0) <= best.schedule.modelWidth })
    let again = try solution(solver)
    #expect(again.schedule == best.schedule)
    let list = try solution(.list)
    #expect(best.schedule.modelWidth <= list.schedule.modelWidth)
    // No time at all: the best so far is what the list scheduler starts from.
    let hasty = try solution(solver, seconds: 0)
    #expect(hasty.schedule.modelWidth >= best.schedule.modelWidth)
    if case .feasible(let bound) = hasty.status {
      #expect(bound <= best.schedule.modelWidth && hasty.isTimeLimitReached)
      #expect(hasty.planStatus.description.hasPrefix("feasible, time limit reached"))
    }
    #expect(!best.isTimeLimitReached)
  }

  /// Ever smaller caps on the number of neurons are kept to, until there is no schedule, and that is said.
  private static func checkCaps(_ solver: ScheduleSolver, graph: UInt64) throws {
    var most = try solution(solver, graph: graph).layout.feedForwardWidth
    while most > 0 {
      do {
        let capped = try solution(solver, graph: graph, maxFeedForward: most)
        #expect(capped.layout.feedForwardWidth <= most && capped.status == .optimal)
      } catch let error as ScheduleError {
        #expect(error.kind == .impossibleLimits(solver: solver.rawValue), "graph \(graph), \(most) neurons")
        return
      }
      most -= max(1, most / 5)
    }
    Issue.record("no cap is too small")
  }

  @Test(.enabled(if: Solvers.hasHighs, Comment(rawValue: Solvers.noHighs)))
  func highs() throws {
    try Self.check(.highs)
    for graph in 12..<20 { try Self.checkCaps(.highs, graph: UInt64(graph)) }
  }

  @Test(.enabled(if: Solvers.hasCbc, Comment(rawValue: Solvers.noCbc)))
  func cbc() throws {
    try Self.check(.cbc)
    for graph in 12..<15 { try Self.checkCaps(.cbc, graph: UInt64(graph)) }
  }

  @Test(.enabled(if: Solvers.hasHighs && Solvers.hasCbc, "HiGHS and CBC are not both on this machine"))
  func highsAndCbcAgree() throws {
    for seed in 200..<203 {
      let graph = try RandomGraphs.graph(seed: UInt64(seed), operations: 20, inputs: 3)
      for reuse in ReuseRule.allCases {
        let widths = try [ScheduleSolver.highs, .cbc].map { solver in
          let options = SchedulingOptions(solver: solver, reuse: reuse)
          return try ScheduleSearch(for: graph, options: options).run().schedule.modelWidth
        }
        #expect(widths[0] == widths[1], "seed \(seed), \(reuse)")
      }
    }
  }
}

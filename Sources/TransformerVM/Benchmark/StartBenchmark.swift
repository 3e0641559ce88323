import Engine
import Foundation
public import Transformer

/// How long a model takes from the bytes of its file to the first token of a program, with its code in the cache, and how long its first
/// compilation.
public struct StartBenchmark: Sendable {
  /// Tokens of the program's prompt, all of which are read before the first token.
  public let promptTokens: Int
  /// What predicted the first token.
  public let engine: String
  /// Seconds that a compilation for an empty cache takes.
  public let compiling: Double
  /// Seconds from the file's bytes to the model, of each round.
  public let reading: [Double]
  /// Seconds from the model to the first token, of each round: the plan, the code from the cache, the prompt.
  public let starting: [Double]

  /// The median of the rounds' seconds from the bytes to the first token.
  public var median: Double { Benchmark.Result.median(zip(reading, starting).map { $0 + $1 }) }

  /// Measures.
  ///
  /// - Parameters:
  ///   - rounds: how often the model is read.
  ///   - progress: told what runs next.
  /// - Throws: ``VirtualMachineError`` when there is no compiled code, or the first token is not the reference interpreter's.
  public init(
    of program: MachineProgram, model: TransformerModel, rounds: Int, progress: (String) -> Void = { _ in }
  ) throws(VirtualMachineError) {
    let bytes = model.safetensorsBytes()
    let first = try TokenTrace(
      of: program, vocabulary: Executor(model: model, engine: .plan).vocabulary, host: program.host, maximumTokens: 1)
    progress("compiling")
    compiling = try Self.compilation(of: model)
    let run = try ProgramRun(
      program, on: Executor(model: model, engine: .compiled), host: program.host, maximumTokens: 1)
    if let warning = run.warning { throw VirtualMachineError(warning) }
    (engine, promptTokens) = (run.engine, first.promptCount)
    var (reading, starting) = ([Double](), [Double]())
    let clock = ContinuousClock()
    for round in 0..<rounds {
      progress("round \(round + 1) of \(rounds)")
      let start = clock.now
      let model = try Self.model(bytes)
      let read = clock.now
      let run = try ProgramRun(
        program, on: Executor(model: model, engine: .automatic), host: program.host, maximumTokens: 1)
      let end = clock.now
      guard run.generated.elementsEqual(first.ids.dropFirst(first.promptCount), by: { Int32($0) == $1 }) else {
        throw VirtualMachineError("the first token is not the reference interpreter's")
      }
      reading.append((read - start) / .seconds(1))
      starting.append((end - read) / .seconds(1))
    }
    (self.reading, self.starting) = (reading, starting)
  }

  /// The seconds of a compilation whose code is thrown away.
  private static func compilation(of model: TransformerModel) throws(VirtualMachineError) -> Double {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tvm-start-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var environment = ProcessInfo.processInfo.environment
    environment["TVM_CACHE"] = folder.path
    let clock = ContinuousClock()
    let start = clock.now
    do {
      _ = try CompiledEngine(model, cache: CodeCache(environment: environment))
    } catch {
      throw VirtualMachineError("\(error)")
    }
    return (clock.now - start) / .seconds(1)
  }

  private static func model(_ bytes: [UInt8]) throws(VirtualMachineError) -> TransformerModel {
    do {
      return try TransformerModel(safetensors: bytes)
    } catch {
      throw VirtualMachineError("\(error)")
    }
  }
}

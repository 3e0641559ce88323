import Foundation
import InstructionSet
import ProgramGenerator
import Testing
import Transformer
import TransformerVM

@Suite struct CheckpointTests {
  /// A folder that disappears.
  private struct TemporaryFolder: ~Copyable {
    let url = FileManager.default.temporaryDirectory.appending(path: "tvm-checkpoint-\(UUID().uuidString)")

    init() throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
      try? FileManager.default.removeItem(at: url)
    }

    func path(_ name: String) -> String { url.appending(path: name).path }
  }

  private static let program = "addition"
  private static let interval = 200

  // Compiled and built once, since some tests run them a hundred times.
  private static let programs = Dictionary(
    uniqueKeysWithValues: ["hello", "addition", "fibonacci", "collatz"].compactMap { name in
      (try? ExampleTests.program(name)).map { (name, $0) }
    })
  private static let planned = try? executor()

  private static func prompt(_ name: String) throws -> [Int32] {
    try MachineVocabulary(Vocabulary(.universal)).ids(of: #require(programs[name]).prompt)
  }

  private static func executor(_ engine: EngineChoice = .plan) throws -> Executor {
    try Machines.universalExecutor(engine)
  }

  private static func expected(_ name: String = program) throws -> [UInt16] {
    try ProgramRun(prompt: prompt(name), on: #require(planned)).generated
  }

  private static func run(
    _ path: String, _ name: String = program, on executor: Executor? = nil, maximumTokens: Int = .max
  ) throws -> ProgramRun {
    try ProgramRun(
      prompt: prompt(name), on: try executor ?? #require(planned),
      checkpoint: Checkpoint(path: path, interval: interval), maximumTokens: maximumTokens)
  }

  /// A machine that differs in one weight.
  private static func changedModel() throws -> TransformerModel {
    let model = try Machines.universalModel()
    var head = model.head
    head[0, 0] += 1
    return try TransformerModel(
      vocabulary: model.vocabulary, stopToken: model.stopToken, embedding: model.embedding, layers: model.layers,
      head: head)
  }

  private static func message(_ body: () throws -> ProgramRun) -> String? {
    do {
      _ = try body()
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test func aRunIsCarriedOn() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("run")
    let expected = try Self.expected()
    for limit in [0, 1, 199, 200, 201, 1000, 1000, expected.count - 1, expected.count, .max] {
      let run = try Self.run(path, maximumTokens: limit)
      #expect(run.generated == Array(expected.prefix(limit)), "limit \(limit)")
    }
    // Fewer tokens than there are in the file.
    #expect(try Self.run(path, maximumTokens: 10).generated == Array(expected.prefix(10)))
    #expect(try Self.run(path).generated == expected)
  }

  @Test func engineMayChange() throws {
    let folder = try TemporaryFolder()
    let expected = try Self.expected("hello")
    let path = folder.path("run")
    for (engine, limit) in [(EngineChoice.dense, 50), (.automatic, 120), (.dense, 170), (.plan, .max)] {
      let run = try Self.run(path, "hello", on: Self.executor(engine), maximumTokens: limit)
      #expect(run.generated == Array(expected.prefix(limit)), "\(engine)")
    }
  }

  @Test func theObserverSeesEverything() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("run")
    let expected = try Self.expected()
    _ = try Self.run(path, maximumTokens: 700)
    var seen: [UInt16] = []
    let run = try ProgramRun(
      prompt: Self.prompt(Self.program), on: Self.executor(), checkpoint: Checkpoint(path: path)
    ) { ids, _ in
      seen += ids
      return ids.count
    }
    #expect(seen == expected)
    #expect(run.generated == expected)
    let cut = try ProgramRun(
      prompt: Self.prompt(Self.program), on: Self.executor(), checkpoint: Checkpoint(path: path)
    ) { _, _ in 5 }
    #expect(cut.generated == Array(expected.prefix(5)))
  }

  /// A file that is cut off anywhere, or has a wrong byte anywhere, loses what comes after that and nothing else.
  @Test func damageIsCutOff() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("run")
    let expected = try Self.expected("hello")
    _ = try Self.run(path, "hello")
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    var random = RandomSource(seed: 3)
    let places =
      Array(0...16) + [139, 140, 143, 144, 145, 155, 156, 157, whole.count - 1]
      + (0..<12).map { _ in
        random.number(in: 144...whole.count - 1)
      }
    for place in places {
      try whole.prefix(place).write(to: URL(fileURLWithPath: path))
      #expect(try Self.run(path, "hello").generated == expected, "cut off at \(place)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count >= whole.count)

      var damaged = whole
      damaged[place % whole.count] ^= UInt8(random.number(in: 1...255))
      try damaged.write(to: URL(fileURLWithPath: path))
      if place < 144 {
        #expect(Self.message { try Self.run(path, "hello") }?.contains(path) == true, "byte \(place)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == damaged)
      } else {
        #expect(try Self.run(path, "hello").generated == expected, "byte \(place)")
      }
    }
  }

  /// The hash FNV-1a with 64 bits.
  private static func fnv(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  /// A checkpoint of one block with another token in it, under a checksum that is right.
  private static func changed(_ checkpoint: Data, token: Int) -> Data {
    func bytes(_ number: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
    var tokens = Array(checkpoint[156...])
    tokens[2 * token] ^= 1
    let place = fnv(bytes(0) + bytes(UInt64(tokens.count)))
    let checksum = tokens.reduce(place) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return checkpoint.prefix(148) + bytes(checksum) + tokens
  }

  /// No engine takes the file's word for what the model says, neither those that read many tokens at once nor the others.
  @Test(arguments: [EngineChoice.dense, .plan, .encoded]) func tokensAreComparedWithTheModels(_ engine: EngineChoice)
    throws
  {
    let folder = try TemporaryFolder()
    let path = folder.path("run")
    _ = try Self.run(path, "hello", maximumTokens: 20)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(whole.count == 156 + 2 * 20)
    let executor = try Self.executor(engine)
    for place in [0, 19] {
      try Self.changed(whole, token: place).write(to: URL(fileURLWithPath: path))
      let message = Self.message { try Self.run(path, "hello", on: executor) }
      #expect(message == "\(path): token \(place) of the checkpoint is not what the model says")
    }
  }

  @Test func otherFilesAreLeftAlone() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("run")
    _ = try Self.run(path, "hello")
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(Self.message { try Self.run(path, "fibonacci") }?.contains("another program") == true)
    let executor = try Executor(model: Self.changedModel(), engine: .plan)
    #expect(Self.message { try Self.run(path, "hello", on: executor) }?.contains("another model") == true)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    var later = before
    later[8] = 2
    try later.write(to: URL(fileURLWithPath: path))
    #expect(Self.message { try Self.run(path, "hello") }?.contains("found version 2") == true)
    for text in ["x", "something else\n", String(repeating: "no checkpoint ", count: 100)] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      let message = try #require(Self.message { try Self.run(path, "hello") })
      #expect(message.contains("expected a checkpoint") && !message.contains("\n"))
      #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }
    #expect(Self.message { try Self.run(folder.url.path, "hello") }?.contains("checkpoint") == true)
    #expect(Self.message { try Self.run(folder.path("no/such/folder"), "hello") }?.contains("cannot be opened") == true)
    let graph = Executor(machine: try Pipeline.universalMachine())
    #expect(Self.message { try Self.run(folder.path("new"), "hello", on: graph) }?.contains("needs a model") == true)
    #expect(!FileManager.default.fileExists(atPath: folder.path("new")))
  }

  @Test func aFileInUseIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("run")
    var inner: String?
    _ = try ProgramRun(
      prompt: Self.prompt("hello"), on: Self.executor(), checkpoint: Checkpoint(path: path)
    ) { ids, _ in
      inner = Self.message { try Self.run(path, "hello") }
      return ids.count
    }
    #expect(inner?.contains("in use") == true)
  }

  /// Processes that are killed at any moment lose at most the tokens of an interval.
  @Test func killsLoseNothingButTheLastInterval() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("run")
    let expected = try Self.expected("collatz")
    var random = RandomSource(seed: UInt64(Date.now.timeIntervalSince1970))
    let prompt = try Self.prompt("collatz")
    var reached = 0
    for _ in 0..<8 {
      let delay = UInt32(random.number(in: 0...250_000))
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [path = path as String, delay = delay as UInt32, prompt = prompt as [Int32]] in
        let executor = try CheckpointTests.executor()
        let checkpoint = Checkpoint(path: path, interval: CheckpointTests.interval)
        // From here on, so that it falls into the writing rather than into what comes before.
        Thread.detachNewThread {
          usleep(delay)
          kill(getpid(), SIGKILL)
        }
        while true { _ = try ProgramRun(prompt: prompt, on: executor, checkpoint: checkpoint) }
      }
      let kept = try Self.run(path, "collatz", maximumTokens: 0)
      #expect(kept.generated.isEmpty)
      let stored = (try? Data(contentsOf: URL(fileURLWithPath: path)).count) ?? 0
      #expect(stored >= reached, "delay \(delay)")
      reached = stored
    }
    #expect(try Self.run(path, "collatz").generated == expected)
  }
}

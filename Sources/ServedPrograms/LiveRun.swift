import Clients
import PrefixTree

/// A request that has not ended.
struct LiveRun {
  let request: ProgramRequest
  /// What the machine reads after the program's prefix.
  let rest: [Int]
  /// The most tokens behind the prompt.
  let limit: Int
  let continuation: AsyncThrowingStream<ProgramPart, any Error>.Continuation
  let submission: Duration
  var begin: Duration?

  /// The pages that it has.
  var sequence: SequencePages
  /// Its session; nil while it has not begun, or has given its memory to others.
  var work: RunWork?
  /// When it began among others, lower for earlier; nil while it has not.
  var rank: Int?
  var isComputing = false
  var isCancelled = false
  /// How things were when its last slice ended.
  var position = 0
  var ownBytes = 0
  var generatedCount = 0

  var cachedTokens = 0
  var preemptions = 0
  /// What the stream has been given.
  var delivered = Delivery()
  /// What is still to be passed over, because the stream was given it before the run began again.
  var repeated = Delivery()

  /// How much of each kind.
  struct Delivery {
    var output = 0
    var errorOutput = 0
    var trace = 0
  }

  var promptTokens: Int { request.program.prefix.count + rest.count }

  /// Gives the stream what a slice brought.
  mutating func deliver(_ outcome: RunWork.Outcome) {
    let trace = Self.news(outcome.trace, &repeated.trace, &delivered.trace)
    if !trace.isEmpty { continuation.yield(.trace(trace.joined())) }
    let output = Self.news(outcome.output, &repeated.output, &delivered.output)
    if !output.isEmpty { continuation.yield(.output(Array(output))) }
    let errors = Self.news(outcome.errorOutput, &repeated.errorOutput, &delivered.errorOutput)
    if !errors.isEmpty { continuation.yield(.errorOutput(Array(errors))) }
  }

  /// What is not repeated of some elements.
  private static func news<Element>(
    _ elements: [Element], _ repeated: inout Int, _ delivered: inout Int
  ) -> ArraySlice<Element> {
    let news = elements.dropFirst(repeated)
    repeated -= elements.count - news.count
    delivered += news.count
    return news
  }

  /// Goes back to where nothing had been computed; what comes once more will not be given again.
  mutating func restart() {
    work = nil
    rank = nil
    (position, ownBytes, generatedCount) = (0, 0, 0)
    repeated = delivered
    preemptions += 1
  }
}

/// The reading of a program, for the runs that wait for it.
struct TrunkJob {
  let program: ServedProgram
  let work: TrunkWork
  let client: Client
  /// What it is counted by: the model of the first that waits.
  let model: String
  let rank: Int
  var sequence: SequencePages
  var waiters: [Int]
  var readCount = 0
  var isComputing = false
}

import ArgumentParser
import CommandOutput
import LoadGeneration

/// `mili load`
struct LoadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load",
    abstract: "Puts a load on a server with OpenAI's interface, and measures its answers.",
    discussion: """
      Requests come at random moments (--rate) or each after another one (--concurrency). Lengths are one number, a range \
      such as 64-256, or lognormal:MEDIAN:DEVIATION. The same seed sends the same requests at the same moments. With \
      --rate, waiting counts from the moment at which a request was due.

      Example: mili load --url http://127.0.0.1:8000/v1 --model Qwen3-0.6B --rate 2 --slo-ttft 500 --slo-itl 100
      """)

  @Option(help: ArgumentHelp("Where the interface begins.", valueName: "url"))
  var url = "http://127.0.0.1:8000/v1"

  @Option(help: ArgumentHelp("The model's name.", valueName: "name"))
  var model: String

  @Option(help: ArgumentHelp("What is asked: chat or completions.", valueName: "endpoint"))
  var endpoint = LoadTarget.Endpoint.chat

  @Option(help: ArgumentHelp("The key that the server wants.", valueName: "key"))
  var key: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("Requests in all.", valueName: "n"))
  var requests = 64

  @Option(parsing: .unconditional, help: ArgumentHelp("Requests a second, on average.", valueName: "n"))
  var rate: Double?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Requests at any time. (default: 8, without --rate)", valueName: "n"))
  var concurrency: Int?

  @Option(help: ArgumentHelp("Words of a prompt.", valueName: "length"))
  var prompt = LengthDistribution.fixed(128)

  @Option(help: ArgumentHelp("The most tokens of an answer.", valueName: "length"))
  var generate = LengthDistribution.fixed(32)

  @Option(
    parsing: .unconditional, help: ArgumentHelp("How much of each prompt is the same in all.", valueName: "percent"))
  var shared = 0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The longest time to the first token for a request to count as served well.", valueName: "ms"))
  var sloTtft: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The longest time between tokens, on average over an answer.", valueName: "ms"))
  var sloItl: Double?

  @Option(parsing: .unconditional, help: ArgumentHelp("How long one request may take.", valueName: "seconds"))
  var timeout = 600.0

  @Flag(inversion: .prefixedNo, help: "Read answers piece by piece.")
  var stream = true

  @Option(parsing: .unconditional, help: ArgumentHelp("What requests and moments are made from.", valueName: "n"))
  var seed: UInt64 = 1

  @Flag(help: "Print a JSON object.")
  var json = false

  func validate() throws {
    guard rate == nil || concurrency == nil else {
      throw ValidationError("expected --rate or --concurrency, found both")
    }
    guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
      throw ValidationError("--url: expected an address that begins with http:// or https://")
    }
    for (name, value, range) in [
      ("--requests", requests, 1...1_000_000), ("--concurrency", concurrency ?? 1, 1...10_000),
      ("--shared", shared, 0...100),
    ] where !range.contains(value) {
      throw ValidationError("\(name): expected a number from \(range.lowerBound) to \(range.upperBound)")
    }
    for (name, value, range) in [
      ("--rate", rate ?? 1, 0.001...100_000), ("--timeout", timeout, 0.001...86_400),
      ("--slo-ttft", sloTtft ?? 1, 0.001...86_400_000), ("--slo-itl", sloItl ?? 1, 0.001...86_400_000),
    ] where !range.contains(value) {
      throw ValidationError("\(name): expected a number from \(range.lowerBound) to \(range.upperBound)")
    }
  }

  func run() async throws {
    let plan = LoadPlan(
      LoadPlan.Load(
        requests: requests, arrival: rate.map(ArrivalPattern.rate) ?? .concurrency(concurrency ?? 8),
        sharedPercent: shared, promptLength: prompt, answerLength: generate, seed: seed))
    let target = LoadTarget(
      address: url, endpoint: endpoint, model: model, key: key, streams: stream, timeout: .seconds(timeout))
    let count = requests
    let records = await LoadRun(plan, to: target).run { progress in
      Terminal.showStatus(LoadText.status(progress, of: count))
    }
    Terminal.clearStatus()
    let objectives = ServiceObjectives(
      timeToFirstToken: sloTtft.map { .milliseconds($0) }, betweenTokens: sloItl.map { .milliseconds($0) })
    let report = LoadReport(records, objectives: objectives)
    try Terminal.print(json ? JSONLine.encode(report) : LoadText.lines(report).joined(separator: "\n"))
    guard report.succeeded > 0 else { throw CommandError("\(url): no request succeeded\(explanation(of: report))") }
  }

  /// Why, as far as it is known.
  private func explanation(of report: LoadReport) -> String {
    let isElsewhere = report.failures["status 404"] != nil && !["/v1", "/v1/"].contains { url.hasSuffix($0) }
    let reasons = report.failures.keys.sorted().joined(separator: ", ")
    return ": \(report.refusal ?? reasons)" + (isElsewhere ? "; expected a URL that ends in /v1" : "")
  }
}

extension LoadTarget.Endpoint: ExpressibleByArgument {}

extension LengthDistribution: ExpressibleByArgument {
  package init?(argument: String) {
    self.init(argument)
  }

  package var defaultValueDescription: String {
    switch self {
    case .fixed(let length): "\(length)"
    case .uniform(let range): "\(range.lowerBound)-\(range.upperBound)"
    case .logNormal(let median, let deviation): "lognormal:\(median):\(deviation)"
    }
  }
}

import Clients
import Batching
import PagedCache
import PrefixTree

/// A scheduler over pages of four tokens.
func makeScheduler(
  pages: Int = 64, pageSize: Int = 4, _ change: (inout BatchConfiguration) -> Void = { _ in }
) throws -> BatchScheduler {
  var configuration = BatchConfiguration()
  configuration.policy = .firstCome
  change(&configuration)
  return try BatchScheduler(configuration, pool: PagePool(pageSize: pageSize, pageCount: pages))
}

/// A request whose prompt is the numbers from `first` on.
func request(
  _ id: Int, _ count: Int, from first: Int = 0, maxTokens: Int = 4, client: Client = Client(), program: String? = nil,
  priority: Int = 0
) -> ServingRequest {
  ServingRequest(
    id: RequestID(id), prompt: Array(first..<first + count), maxTokens: maxTokens, client: client, program: program,
    priority: priority)
}

extension StepPlan {
  /// The work in a few characters: request, range and pages of each.
  var script: [String] {
    work.map { "\($0.request.number): \($0.range) in \($0.pages.map(\.number))\($0.choosesToken ? " →" : "")" }
  }

  /// The events of a model that always chooses one token.
  func events(choosing token: Int = 7) -> [BatchEvent] {
    work.map { .computed($0.request, token: $0.choosesToken ? token : nil) }
  }
}

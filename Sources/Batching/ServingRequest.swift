package import Clients
package import PrefixTree

/// Names one request as long as it is served.
package struct RequestID: Hashable, Sendable {
  package let number: Int

  package init(_ number: Int) {
    self.number = number
  }
}

extension RequestID: CustomStringConvertible {
  package var description: String { "request \(number)" }
}

/// A prompt to go on from, and who asks.
package struct ServingRequest: Hashable, Sendable {
  package var id: RequestID
  /// The tokens that the text goes on from, at least one.
  package var prompt: [Int]
  /// The most tokens to generate, at least one.
  package var maxTokens: Int
  /// Whose keys and values it may share.
  package var namespace: PrefixNamespace
  /// Among whom the service is shared out fairly.
  package var client: Client
  /// The run of an agent that the request is a call of, by a name that means something within the client's account; the calls
  /// of all runs are ordered by what their run has received.
  package var program: String?
  /// What goes first, from −100 to 100; 0 for most.
  package var priority: Int

  /// The priorities that there are.
  package static let priorities = -100...100

  package init(
    id: RequestID, prompt: [Int], maxTokens: Int, namespace: PrefixNamespace = PrefixNamespace(),
    client: Client = Client(),
    program: String? = nil, priority: Int = 0
  ) {
    self.id = id
    self.prompt = prompt
    self.maxTokens = maxTokens
    self.namespace = namespace
    self.client = client
    self.program = program
    self.priority = priority
  }
}

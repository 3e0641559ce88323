/// The server that a load is for.
package struct LoadTarget: Sendable {
  /// What is asked of it.
  package enum Endpoint: String, CaseIterable, Sendable {
    /// `/chat/completions`, each prompt being a user's message.
    case chat
    /// `/completions`.
    case completions

    var path: String {
      switch self {
      case .chat: "/chat/completions"
      case .completions: "/completions"
      }
    }
  }

  /// Where OpenAI's interface begins, such as `http://127.0.0.1:8000/v1`.
  package var address: String
  package var endpoint: Endpoint
  package var model: String
  /// What the server wants to see of its clients.
  package var key: String?
  /// Whether answers are read piece by piece.
  package var streams: Bool
  /// How long one request may take, its answer included.
  package var timeout: Duration

  package init(
    address: String, endpoint: Endpoint = .chat, model: String, key: String? = nil, streams: Bool = true,
    timeout: Duration = .seconds(600)
  ) {
    self.address = address
    self.endpoint = endpoint
    self.model = model
    self.key = key
    self.streams = streams
    self.timeout = timeout
  }

  /// Where requests are sent.
  var url: String {
    (address.hasSuffix("/") ? String(address.dropLast()) : address) + endpoint.path
  }
}

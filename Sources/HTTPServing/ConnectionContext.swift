import Hummingbird
import Logging
import NIOCore

/// What is known of a request besides the request: its connection, and whose key it brought.
struct ConnectionContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel
  /// The number of its key; nil where there are no keys.
  var key: Int?
  /// The account that its key stands for; nil where there are no keys.
  var account: String? { key.map { "key \($0)" } }
  /// When it came.
  let arrival = ContinuousClock.now

  init(source: Source) {
    coreContext = .init(source: source)
    channel = source.channel
  }
}

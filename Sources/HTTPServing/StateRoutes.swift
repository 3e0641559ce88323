import ChatTemplate
import Hummingbird
import NIOCore
import OpenAIProtocol
import ServedModels

/// What the paths that tell about the server answer.
struct StateRoutes: Sendable {
  let models: ServedModels
  let metrics: ServerMetrics
  let stop: StopFlag
  let start = ContinuousClock.now

  /// Whether requests are answered.
  func health() -> Response {
    stop.isSet ? Response(["status": "stopping"], status: .serviceUnavailable) : Response(["status": "ok"])
  }

  func metricsText() async -> Response {
    var states: [(String, ModelState)] = []
    for model in models.all { states.append((model.card.id, await model.state())) }
    return Response(
      status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text(states))))
  }

  /// - Parameter account: who asks, which decides what is said of others; nil where there are no keys, and everything is said.
  func state(for account: String?) async -> Response {
    var states: [JSONValue] = []
    for model in models.all {
      let state = await model.state()
      var object: JSONObject = ["id": .string(model.card.id)]
      for (name, value) in (account.map(state.shown) ?? state).json { object[name] = value }
      states.append(.object(object))
    }
    let uptime = (ContinuousClock.now - start) / .seconds(1)
    return Response(["uptime_seconds": .number(uptime), "models": .array(states)])
  }
}

extension ModelState {
  /// The members of a model's state, as `/state` has them.
  fileprivate var json: JSONObject {
    var object: JSONObject = [
      "running": .integer(running), "waiting": .integer(waiting), "tokens_per_second": .number(tokensPerSecond),
      "totals": [
        "computed_tokens": .integer(totals.computedTokens), "cached_tokens": .integer(totals.cachedTokens),
        "generated_tokens": .integer(totals.generatedTokens), "preemptions": .integer(totals.preemptions),
      ],
      "requests": .array(requests.map(\.json)), "prefixes": .array(prefixes.map(\.json)),
    ]
    object["pages"] = pages.map { pages in
      [
        "pool": pages.pool.map(JSONValue.string) ?? .null, "free": .integer(pages.free),
        "evictable": .integer(pages.evictable), "protected": .integer(pages.protected),
        "evicted": .integer(pages.evicted), "size": .integer(pages.size),
      ]
    }
    return object
  }
}

extension ModelState.Request {
  fileprivate var json: JSONValue {
    [
      "number": .integer(number), "client": .string("\(client)"), "program": program.map(JSONValue.string) ?? .null,
      "state": isRunning ? "running" : "waiting", "prompt_tokens": .integer(promptTokens),
      "generated_tokens": .integer(generatedTokens), "computed_tokens": .integer(computedTokens),
      "pages": .integer(pages), "shared_pages": .integer(sharedPages),
    ]
  }
}

extension ModelState.Prefix {
  fileprivate var json: JSONValue {
    [
      "text": text.map(JSONValue.string) ?? .null, "tokens": .integer(tokens), "pages": .integer(pages),
      "users": .integer(users),
      "children": .array(children.map(\.json)),
    ]
  }
}

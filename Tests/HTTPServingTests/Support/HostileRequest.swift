import ChatTemplate
import RandomNumbers

/// A request as no honest client sends it.
struct HostileRequest: Sendable {
  /// What the client does once it has sent the request.
  enum Manner: Sendable {
    /// Reads the response to its end.
    case reads
    /// Says that nothing more comes, and reads what does.
    case finishes
    /// Goes away.
    case leaves
  }

  var bytes: [UInt8]
  var manner: Manner

  init(using random: inout SplitMix64) {
    let path = Self.bodies.keys.sorted().randomElement(using: &random) ?? "/tokenize"
    var body = Self.mutated(Self.bodies[path] ?? .null, using: &random).jsonText
    if Int.random(in: 0..<4, using: &random) == 0 { body = Self.garbled(body, using: &random) }
    switch Int.random(in: 0..<10, using: &random) {
    case 0:
      bytes = Self.garbled(TinyServer.request("POST", path, body), using: &random)
      manner = .finishes
    case 1:
      bytes = Array(Self.heads.randomElement(using: &random)?.utf8 ?? "".utf8)
      manner = .finishes
    case 2:
      bytes = TinyServer.request("POST", path, body)
      bytes.removeLast(Int.random(in: 0...bytes.count, using: &random))
      manner = .finishes
    case 3:
      bytes = TinyServer.request("POST", path, body)
      manner = .leaves
    default:
      bytes = TinyServer.request("POST", path, body)
      manner = .reads
    }
  }

  /// Requests that are well-formed.
  private static let bodies: [String: JSONValue] = [
    "/v1/chat/completions": [
      "model": "tiny", "messages": [["role": "user", "content": "hi"]], "max_tokens": 5, "temperature": 1,
      "tools": [["type": "function", "function": ["name": "f", "parameters": ["type": "object"]]]],
      "stream": true, "stop": ["x"], "logit_bias": ["5": 1], "logprobs": true, "top_logprobs": 2,
    ],
    "/v1/completions": [
      "model": "tiny", "prompt": ["a", "b"], "max_tokens": 5, "n": 2, "echo": true, "seed": 1, "user": "u",
      "priority": 3, "program_id": "p", "cache_salt": "s", "stop_token_ids": [10],
    ],
    "/tokenize": ["prompt": "hi", "messages": [["role": "user", "content": "hi"]]],
    "/detokenize": ["tokens": [1, 2, 3]],
  ]

  private static let names = [
    "model", "messages", "prompt", "n", "max_tokens", "temperature", "stop", "logit_bias", "tools", "tool_choice",
    "response_format", "chat_template_kwargs", "stream", "stream_options", "top_logprobs", "role", "content",
    "tool_calls", "seed", "priority", "cache_salt", "best_of", "echo", "suffix", "ignore_eos", "enable_thinking",
  ]

  private static let heads = [
    "", "\r\n", "GET", "GET / HTTP/9.9\r\n\r\n", "\0\0\0\0", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "POST /tokenize HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "POST /tokenize HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
    "POST /tokenize HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
    "POST /tokenize HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    "POST /tokenize HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
    "GET /v1/models/%ff%00/../.. HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET /%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "DELETE /v1/models HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET /state?\(String(repeating: "a", count: 5000)) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET /health HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "b", count: 100_000))\r\n\r\n",
    "GET /health HTTP/1.1\r\n\(String(repeating: "A: b\r\n", count: 2000))\r\n",
  ]

  /// The value with something in it that is another.
  private static func mutated(_ value: JSONValue, using random: inout SplitMix64) -> JSONValue {
    let choice = Int.random(in: 0..<6, using: &random)
    if choice == 0 { return strange(using: &random) }
    switch value {
    case .object(var object):
      if choice == 1 {
        object[names.randomElement(using: &random) ?? ""] = strange(using: &random)
      } else if let key = object.keys.randomElement(using: &random) {
        object[key] = choice == 2 ? nil : mutated(object[key] ?? .null, using: &random)
      }
      return .object(object)
    case .array(var elements):
      guard let index = elements.indices.randomElement(using: &random) else { return [strange(using: &random)] }
      if choice == 1 { elements += elements } else { elements[index] = mutated(elements[index], using: &random) }
      return .array(elements)
    default: return strange(using: &random)
    }
  }

  /// A value that nobody expects.
  private static func strange(using random: inout SplitMix64) -> JSONValue {
    switch Int.random(in: 0..<16, using: &random) {
    case 0: .null
    case 1: .bool(Bool.random(using: &random))
    case 2: .integer([0, 1, 2, 3, -1, 258, 512, .max, .min].randomElement(using: &random) ?? 0)
    case 3: .number([0.5, -0.0, 1e308, -1e-308, 2.0].randomElement(using: &random) ?? 0)
    case 4: .largeInteger("123456789012345678901234567890")
    case 5: .string("")
    case 6: .string("\u{0}\u{1F600}\u{301}<|im_end|><think></think><tool_call>{\"name\":")
    case 7: .string(String(repeating: "y", count: 400))
    case 8: .string(["system", "assistant", "tool", "json_object", "required"].randomElement(using: &random) ?? "")
    case 9: []
    case 10: [:]
    case 11: .array(Array(repeating: strange(using: &random), count: 40))
    case 12: (0..<200).reduce(.null) { value, _ in [value] }
    case 13: (0..<100).reduce(.null) { value, _ in ["a": value] }
    case 14: ["type": strange(using: &random), "function": ["name": "f"], "content": strange(using: &random)]
    default: [["type": "text", "text": strange(using: &random)]]
    }
  }

  private static func garbled(_ text: String, using random: inout SplitMix64) -> String {
    String(decoding: garbled(Array(text.utf8), using: &random), as: UTF8.self)
  }

  /// The bytes with some changed, added, left out or repeated.
  private static func garbled(_ bytes: [UInt8], using random: inout SplitMix64) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      guard let place = bytes.indices.randomElement(using: &random) else { return bytes }
      let byte = UInt8.random(in: 0...255, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes[place] = byte
      case 1: bytes.insert(byte, at: place)
      case 2: bytes.remove(at: place)
      default: bytes.insert(contentsOf: bytes[place...].prefix(20), at: place)
      }
    }
    return bytes
  }
}

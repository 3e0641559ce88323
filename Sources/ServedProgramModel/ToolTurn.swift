import ChatTemplate
import OpenAIProtocol

/// What a model says before it waits for tools: calls of programs are taken out, everything else is passed on, where the other
/// calls are numbered anew.
struct ToolTurn {
  /// A call of a program.
  struct Call {
    var index: Int
    var id: String
    /// The tool's name, and the model that the program is served as.
    var name: String
    var program: String
    /// JSON text.
    var arguments = ""
  }

  private(set) var calls: [Call] = []
  /// The calls of other tools, in their order, by the model's numbers: who asked knows each by its place here.
  private var others: [Int] = []
  /// The model's number of the call that it wrote last.
  private var last: Int?
  /// Why the model stopped.
  private(set) var finishReason = FinishReason.stop
  private var content = ""
  private var reasoning = ""
  /// The models of programs by the names of the tools.
  private let programs: [String: String]

  init(programs definitions: [ToolDefinition]) {
    programs = Dictionary(
      definitions.compactMap { tool in tool.program.map { (tool.name, $0) } }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether other tools are called too.
  var callsOthers: Bool { !others.isEmpty }

  /// The calls of programs that are whole: where the answer was cut, the last call counts only if its arguments had been written.
  var wholeCalls: [Call] {
    calls.filter { finishReason != .length || $0.index != last || $0.object != nil }
  }

  /// What is passed on of a delta; nil for nothing. That this turn ends is not said, since the answer may go on.
  mutating func take(_ delta: AnswerDelta) -> AnswerDelta? {
    var rest = delta
    content += delta.content
    reasoning += delta.reasoning
    rest.toolCalls = delta.toolCalls.compactMap { take($0) ? nil : renumbered($0) }
    finishReason = delta.finishReason ?? finishReason
    rest.finishReason = nil
    return rest.isEmpty ? nil : rest
  }

  /// Takes a piece of a call; false where it is not of a program.
  private mutating func take(_ piece: ToolCallDelta) -> Bool {
    last = piece.index
    if let beginning = piece.beginning, let program = programs[beginning.name] {
      calls.append(
        Call(
          index: piece.index, id: beginning.id, name: beginning.name, program: program, arguments: piece.arguments))
      return true
    }
    guard let place = calls.firstIndex(where: { $0.index == piece.index }) else { return false }
    calls[place].arguments += piece.arguments
    return true
  }

  /// A piece of another tool's call as who asked knows it.
  private mutating func renumbered(_ piece: ToolCallDelta) -> ToolCallDelta {
    if !others.contains(piece.index) { others.append(piece.index) }
    var renumbered = piece
    renumbered.index = others.firstIndex(of: piece.index) ?? 0
    return renumbered
  }

  /// What the model has said, for the conversation to go on.
  var message: ChatMessage {
    var message = ChatMessage(.assistant, content)
    message.reasoning = reasoning.isEmpty ? nil : reasoning
    message.toolCalls = calls.map { call in
      [
        "type": "function", "id": .string(call.id),
        "function": [
          "name": .string(call.name), "arguments": call.object.map(JSONValue.object) ?? .string(call.arguments),
        ],
      ]
    }
    return message
  }
}

extension ToolTurn.Call {
  /// What the program is to read; nil where the arguments are not what the tool takes.
  var input: String? { object?["input"]?.stringValue }

  /// The arguments where they are an object, which no beginning of one is.
  fileprivate var object: JSONObject? { (try? JSONValue(parsing: arguments))?.objectValue }

  /// The tool's message.
  func answer(_ output: String) -> ChatMessage {
    var message = ChatMessage(.tool, output)
    message.toolCallID = id
    message.name = name
    return message
  }

  /// The call for whoever asked.
  func report(_ output: String) -> JSONValue {
    ["id": .string(id), "name": .string(name), "arguments": .string(arguments), "output": .string(output)]
  }
}

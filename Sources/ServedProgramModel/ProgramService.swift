package import OpenAIProtocol
package import ServedModels
package import ServedPrograms
import TransformerVM

/// A compiled program as a model: its prompt is the program's input, its answer what the program prints.
///
/// In a chat the last message of a user is the input. How a program ended is said by the choice's further members
/// `exit_code` and `trap`, what it printed where errors go by `error_output`; with `"trace": true` the tokens of its trace come
/// as `trace`, as text.
package struct ProgramService: ServedModel {
  /// What is executed.
  enum Source: Sendable {
    case program(ServedProgram)
    /// What requests bring along.
    case sent(ProgramLibrary)
  }

  package let card: ModelCard
  let server: ProgramServer
  let source: Source

  /// What the names of programs begin with.
  package static let prefix = "program/"
  /// The model that executes modules that requests bring along.
  package static let sentName = "program"

  /// Serves a program by the name `program/NAME` unless it is given another.
  ///
  /// - Parameter created: since when, in seconds since 1970.
  package init(_ program: ServedProgram, by server: ProgramServer, created: Int, name: String? = nil) {
    card = ModelCard(id: name ?? Self.prefix + program.name, created: created, owner: "tvm")
    self.server = server
    source = .program(program)
  }

  /// Serves modules that requests bring along, by the name `program`.
  package init(sentTo library: ProgramLibrary, by server: ProgramServer, created: Int) {
    card = ModelCard(id: Self.sentName, created: created, owner: "tvm")
    self.server = server
    source = .sent(library)
  }

  /// What requests bring along is nothing that others could call by a name.
  package var isProgram: Bool {
    switch source {
    case .program: true
    case .sent: false
    }
  }

  package func answer(_ request: ChatRequest) async throws(APIError) -> AnswerStream {
    guard let message = request.messages.last(where: { $0.role == .user }) else {
      throw APIError(.invalidRequest, "'messages': expected a user's message, the input", parameter: "messages")
    }
    try refuse(request.generation, hasProbabilities: request.logProbabilities != nil)
    guard request.responseFormat == .text else {
      throw APIError(
        .invalidRequest, "'response_format': expected 'text'; a program prints what it prints",
        parameter: "response_format", code: "unsupported_parameter")
    }
    return try await run(
      [Array(message.content.utf8)], request.generation, request.origin, request.program, echoes: false)
  }

  package func complete(_ request: CompletionRequest) async throws(APIError) -> AnswerStream {
    try refuse(request.generation, hasProbabilities: request.logProbabilities != nil)
    var inputs: [[UInt8]] = []
    for prompt in request.prompts {
      guard case .text(let text) = prompt else {
        throw APIError(.invalidRequest, "'prompt': expected texts, the inputs", parameter: "prompt")
      }
      inputs.append(Array(text.utf8))
    }
    return try await run(inputs, request.generation, request.origin, request.program, echoes: request.echoes)
  }

  /// The tokens of the program with an input.
  package func tokenize(_ request: TokenizeRequest) async throws(APIError) -> [Int] {
    let program = try await program(request.program)
    let text: String
    switch request.source {
    case .text(let given): text = given
    case .chat(let chat): text = chat.messages.last { $0.role == .user }?.content ?? ""
    }
    do {
      return try program.prefix + program.rest(of: Array(text.utf8))
    } catch {
      throw APIError(error)
    }
  }

  /// Tokens as they stand in a trace, which depends on the machine alone.
  package func detokenize(_ tokens: [Int]) -> String {
    let vocabulary =
      switch source {
      case .program(let program): program.executor.vocabulary
      case .sent(let library): library.vocabulary
      }
    return tokens.map { vocabulary.text(of: $0) }.joined(separator: " ")
  }

  package func close(within limit: Duration) async {
    await server.close(within: limit)
  }
}

extension ProgramService {
  /// The program of a request.
  func program(_ fields: ProgramFields) async throws(APIError) -> ServedProgram {
    switch source {
    case .program(let program):
      guard fields.module == nil else {
        throw APIError(
          .invalidRequest, "'program': expected only for the model '\(Self.sentName)'", parameter: "program")
      }
      return program
    case .sent(let library):
      guard let module = fields.module else {
        throw APIError(
          .invalidRequest, "'program': expected a WebAssembly module in base 64", parameter: "program")
      }
      do throws(ProgramServingError) {
        return try await library.program(sent: module)
      } catch {
        throw APIError(error)
      }
    }
  }

  /// Refuses what would change the answer and is not there. What only concerns the choice of tokens changes nothing.
  private func refuse(_ fields: GenerationFields, hasProbabilities: Bool) throws(APIError) {
    let refused = [
      ("stop", !fields.stop.isEmpty || !fields.stopTokens.isEmpty), ("logprobs", hasProbabilities),
      ("logit_bias", !fields.logitBias.isEmpty), ("ignore_eos", fields.ignoresEnd),
    ]
    if let (name, _) = refused.first(where: \.1) {
      throw APIError(
        .invalidRequest, "'\(name)': expected none; a program's tokens are not chosen", parameter: name,
        code: "unsupported_parameter")
    }
  }
}

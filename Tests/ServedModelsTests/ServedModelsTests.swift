import Clients
import OpenAIProtocol
import ServedModels
import Testing

@Suite struct ServedModelsTests {
  /// A model that answers nothing.
  private struct Silent: ServedModel {
    let card: ModelCard
    let isProgram = false

    init(_ id: String, owner: String = "tests") {
      card = ModelCard(id: id, created: 1, owner: owner)
    }

    func answer(_ request: ChatRequest) throws(APIError) -> AnswerStream { AnswerStream { $0.finish() } }
    func complete(_ request: CompletionRequest) throws(APIError) -> AnswerStream { AnswerStream { $0.finish() } }
    func tokenize(_ request: TokenizeRequest) throws(APIError) -> [Int] { [] }
    func detokenize(_ tokens: [Int]) throws(APIError) -> String { "" }
    func state() -> ModelState { ModelState() }
    func close(within limit: Duration) {}
  }

  /// Of others sizes remain, whatever else is known of them goes, and what belongs to nobody stays.
  @Test func accountsSeeNothingThatOthersAsked() {
    var state = ModelState()
    let clients = [Client(account: "key 1", user: "u"), Client(account: "key 2", user: "v"), Client()]
    state.requests = clients.map { client in
      var request = ModelState.Request(number: 7, client: client, isRunning: true, promptTokens: 5)
      request.program = "agent"
      return request
    }
    func prefix(_ text: String, isOfPrompts: Bool, _ children: [ModelState.Prefix] = []) -> ModelState.Prefix {
      .init(text: text, isOfPrompts: isOfPrompts, tokens: 3, pages: 1, users: 2, children: children)
    }
    state.prefixes = [
      prefix("s", isOfPrompts: true, [prefix("secret", isOfPrompts: true)]),
      prefix("p", isOfPrompts: false, [prefix("s", isOfPrompts: true)]),
    ]
    let shown = state.shown(toAccount: "key 2")
    #expect(shown.requests.map(\.client) == [Client(account: "key 1"), clients[1], Client()])
    #expect(shown.requests.map(\.program) == [nil, "agent", nil])
    #expect(shown.requests.allSatisfy { $0.number == 7 && $0.promptTokens == 5 })
    #expect(shown.prefixes.map(\.text) == [nil, "p"] && shown.prefixes.map { $0.children[0].text } == [nil, nil])
    #expect(shown.prefixes.allSatisfy { $0.tokens == 3 && $0.users == 2 && $0.children[0].pages == 1 })
  }

  @Test func modelsAreFoundByName() throws {
    let models = ServedModels([Silent("a"), Silent("b")])
    #expect(try models.model("b").card.id == "b")
    #expect(try models.model(nil).card.id == "a", "without a name the first")
    let error = try #require(throws: APIError.self) { try models.model("c") }
    #expect(error.status == 404 && error.code == "model_not_found" && error.parameter == "model")
    #expect(error.message == "the model 'c' does not exist; expected 'a', 'b'")
    #expect(throws: APIError.self) { try ServedModels().model(nil) }
  }

  @Test func aModelTakesThePlaceOfOneOfItsName() throws {
    let models = ServedModels([Silent("a"), Silent("b")])
    models.add(Silent("a", owner: "others"))
    #expect(models.all.map(\.card.id) == ["a", "b"])
    #expect(try models.model("a").card.owner == "others")
  }
}

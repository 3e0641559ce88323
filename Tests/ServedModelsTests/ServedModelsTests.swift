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

import Foundation
import MILI
import Testing

@Suite struct ModelContextTests {
  @Test func aFolderWithoutATokenizerIsNamed() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let error = #expect(throws: TokenizerError.self) { try loadModel(directory: folder) }
    #expect(error?.description.contains(folder.path) == true)
  }

  /// The file says what is best for thinking; without thinking its authors say something else.
  @Test func recommendationsFollowTheMode() throws {
    let context = try TinyModel().load()
    #expect(context.recommendedParameters(thinking: true) == .thinking)
    #expect(context.recommendedParameters(thinking: false) == .nonThinking)
  }

  @Test func aCheckpointWithItsOwnRecommendationKeepsIt() throws {
    let model = try TinyModel()
    try Data(#"{"do_sample": true, "temperature": 0.3, "top_k": 7}"#.utf8)
      .write(to: model.folder.appending(path: "generation_config.json"))
    let context = try model.load()
    for thinks in [true, false] {
      #expect(context.recommendedParameters(thinking: thinks) == GenerateParameters(temperature: 0.3, topK: 7))
    }
  }
}

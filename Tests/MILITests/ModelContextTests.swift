import Foundation
import MILI
import Testing

@Suite struct ModelContextTests {
  @Test func aFolderWithoutATokenizerIsNamed() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let error = #expect(throws: TokenizerError.self) { try loadModel(directory: folder) }
    #expect(error?.description.contains(folder.path) == true)
  }
}

import Testing
import Transformer

@Suite struct ModelValidationTests {
  private static func layer(width: Int, neurons: Int = 1, erased: [Int] = []) -> TransformerLayer {
    TransformerLayer(
      inProjection: Matrix(rows: 3 * width, columns: width), outProjection: Matrix(rows: width, columns: width),
      feedForwardIn: Matrix(rows: 2 * neurons, columns: width),
      feedForwardOut: Matrix(rows: width, columns: neurons), erasedAfterAttention: erased,
      tieRules: Array(repeating: .latest, count: width / 2), headRoles: Array(repeating: .lookup, count: width / 2))
  }

  private static func model(
    vocabulary: [String] = ["a", "b"], stop: Int = 0, width: Int = 4, embeddingRows: Int = 2, headRows: Int = 2,
    layers: [TransformerLayer]? = nil, weight: Double = 0
  ) throws(TransformerError) -> TransformerModel {
    var head = Matrix(rows: headRows, columns: width)
    if headRows > 0 { head[0, 1] = weight }
    return try TransformerModel(
      vocabulary: vocabulary, stopToken: stop, embedding: Matrix(rows: embeddingRows, columns: width),
      layers: layers ?? [layer(width: width)], head: head)
  }

  @Test func sizesFollowFromTheMatrices() throws {
    let model = try Self.model(width: 6)
    #expect(model.modelWidth == 6)
    #expect(model.headCount == 3)
    #expect(model.feedForwardWidth == 1)
    #expect(model.vocabularySize == 2)
    #expect(try Self.model(layers: []).feedForwardWidth == 0)
  }

  @Test func whatDoesNotFitIsRefused() {
    #expect(
      failure { () throws(TransformerError) in try Self.model(vocabulary: [], embeddingRows: 0, headRows: 0) } != nil)
    #expect(failure { () throws(TransformerError) in try Self.model(vocabulary: ["a", "a"]) } != nil)
    #expect(failure { () throws(TransformerError) in try Self.model(stop: 2) } != nil)
    #expect(failure { () throws(TransformerError) in try Self.model(stop: -1) } != nil)
    #expect(failure { () throws(TransformerError) in try Self.model(width: 5) } != nil)
    #expect(failure { () throws(TransformerError) in try Self.model(width: 2) } != nil)
    #expect(failure { () throws(TransformerError) in try Self.model(embeddingRows: 3) } != nil)
    #expect(failure { () throws(TransformerError) in try Self.model(headRows: 1) } != nil)
    #expect(failure { () throws(TransformerError) in try Self.model(layers: [Self.layer(width: 6)]) } != nil)
    #expect(
      failure { () throws(TransformerError) in
        try Self.model(layers: [Self.layer(width: 4), Self.layer(width: 4, neurons: 2)])
      } != nil)
    #expect(
      failure { () throws(TransformerError) in try Self.model(layers: [Self.layer(width: 4, erased: [4])]) } != nil)
    #expect(
      failure { () throws(TransformerError) in try Self.model(layers: [Self.layer(width: 4, erased: [-1])]) } != nil)
    for weight in [Double.nan, .infinity, -.infinity] {
      let error = failure { () throws(TransformerError) in try Self.model(weight: weight) }
      #expect(error?.kind == .inconsistent)
      #expect(error?.message.contains("row 0, column 1") == true)
    }
  }

  @Test func namesThatSwiftHoldsEqualMayBeDifferentTokens() throws {
    #expect(try Self.model(vocabulary: ["é", "e\u{301}"]).vocabularySize == 2)
  }

  @Test func matrixIsRowMajor() throws {
    let matrix = try #require(Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6]))
    #expect(matrix[1, 0] == 4)
    #expect(Array(matrix.row(1)) == [4, 5, 6])
    #expect(Matrix(rows: 2, columns: 3, elements: [1]) == nil)
    #expect(Matrix(rows: -1, columns: -1, elements: [1]) == nil)
    #expect(Matrix(rows: .max, columns: 2, elements: []) == nil)
  }
}

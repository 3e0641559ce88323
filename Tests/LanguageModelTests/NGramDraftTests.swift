import LanguageModel
import Testing

@Suite struct NGramDraftTests {
  @Test func whatFollowedTheLongestRunIsGuessed() {
    #expect(NGramDraft.guess(after: [1, 2, 3, 4, 9, 2, 3, 5, 2, 3], limit: 2) == [5, 2])
    #expect(NGramDraft.guess(after: [1, 2, 3, 4, 9, 2, 3, 5, 1, 2, 3], limit: 3) == [4, 9, 2])
    #expect(NGramDraft.guess(after: [7, 8, 1, 7, 8, 2, 7, 8], limit: 1) == [2])
  }

  @Test func aRunThatOverlapsItselfGoesOn() {
    #expect(NGramDraft.guess(after: [5, 5, 5], limit: 4) == [5, 5, 5, 5])
    #expect(NGramDraft.guess(after: [1, 2, 1, 2, 1, 2], limit: 5) == [1, 2, 1, 2, 1])
  }

  @Test func withoutAnEarlierRunNothingIsGuessed() {
    for tokens in [[], [1], [1, 1], [1, 2, 3], [1, 2, 3, 1]] {
      #expect(NGramDraft.guess(after: tokens, limit: 3) == [])
    }
    #expect(NGramDraft.guess(after: [5, 5, 5, 5], limit: 0) == [])
  }
}

import MILICommands
import Testing

/// The rate of decoding, from when tokens came.
@Suite struct TokenCourseTests {
  private static func course(_ milliseconds: [[Int]]) -> TokenCourse {
    TokenCourse(milliseconds.map { $0.map { .milliseconds($0) } })
  }

  /// Of a request that is late, the tokens that others had before its first do not count.
  @Test func onlyTokensBehindTheLatestFirstCount() {
    let course = Self.course([[10, 20, 30, 40, 110, 120], [100, 105, 200]])
    #expect(course.toFirstTokens == .milliseconds(100))
    #expect(abs(course.decodeRate - 40) < 1e-9, "four tokens in 100 ms")
  }

  @Test func withoutFurtherTokensThereIsNoRate() {
    #expect(Self.course([[10], [20]]).decodeRate == 0)
    #expect(Self.course([]).decodeRate == 0 && Self.course([[], []]).toFirstTokens == .zero)
    // All others had ended before the last one began.
    #expect(Self.course([[10, 20, 30], [40]]).decodeRate == 0)
  }
}

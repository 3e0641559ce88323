import TVMCommands
import Testing

@Suite struct NumbersTests {
  @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (914_558, "914,558"), (-1_234_567, "-1,234,567")])
  func groupsOfThreeDigits(_ number: Int, _ text: String) {
    #expect(Numbers.grouped(number) == text)
  }

  @Test func theLeastIntegerIsGrouped() {
    #expect(Numbers.grouped(.min) == "-9,223,372,036,854,775,808")
  }

  @Test(arguments: [(0.0, 2, "0.00"), (1.005, 1, "1.0"), (0.06, 2, "0.06"), (-0.5, 0, "-1"), (12.345, 2, "12.35")])
  func decimalsAreRounded(_ number: Double, _ places: Int, _ text: String) {
    #expect(Numbers.decimal(number, places: places) == text)
  }

  @Test func hugeAndUndefinedNumbersDoNotTrap() {
    #expect(Numbers.decimal(1e300, places: 2) == "1e+300")
    #expect(Numbers.decimal(.infinity, places: 2) == "inf")
    #expect(Numbers.decimal(.nan, places: 2) == "nan")
  }
}

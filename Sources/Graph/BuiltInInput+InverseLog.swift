import Foundation

extension BuiltInInput {
  /// 1/ln 2 − 1/ln(t + 2).
  static func inverseLog(at t: Int) -> Double {
    1 / log(2) - 1 / log(Double(t) + 2)
  }
}

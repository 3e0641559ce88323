/// What a plan says about how good it is.
///
/// ```swift
/// print(PlanStatus("feasible, time limit reached (no narrower than 20)")?.isTimeLimitReached ?? false)  // true
/// ```
public struct PlanStatus: Hashable, Sendable {
  /// What is proved of the width; nil for a schedule that nobody has compared with others.
  public let proof: ScheduleSolution.Status?
  /// Whether the search ended because its time was over.
  public let isTimeLimitReached: Bool

  /// A schedule made by hand, or by a program that does not look for narrow ones.
  public static let unproved = PlanStatus(nil)

  public init(_ proof: ScheduleSolution.Status?, isTimeLimitReached: Bool = false) {
    self.proof = proof
    self.isTimeLimitReached = isTimeLimitReached
  }

  /// Reads what ``description`` writes, and nothing else.
  public init?(_ text: String) {
    let number = text.drop { !("0"..."9").contains($0) }.prefix { ("0"..."9").contains($0) }
    var candidates = [PlanStatus.unproved, PlanStatus(.optimal)]
    if let bound = Int(number) {
      candidates += [false, true].map { PlanStatus(.feasible(bound: bound), isTimeLimitReached: $0) }
    }
    guard let status = candidates.first(where: { $0.description == text }) else { return nil }
    self = status
  }

  /// Whether a schedule of the width can have this status: one that may be improved is wider than its bound.
  func canHold(forWidth width: Int) -> Bool {
    if case .feasible(let bound) = proof { bound < width } else { true }
  }
}

extension PlanStatus: CustomStringConvertible {
  public var description: String {
    switch proof {
    case nil: "unproved"
    case .optimal: ScheduleSolution.Status.optimal.description
    case .feasible(let bound) where isTimeLimitReached: "feasible, time limit reached (no narrower than \(bound))"
    case .feasible(let bound): ScheduleSolution.Status.feasible(bound: bound).description
    }
  }
}

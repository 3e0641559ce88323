/// What finds the schedule.
public enum ScheduleSolver: String, Hashable, Sendable, CaseIterable {
  /// HiGHS, a shared library loaded at run time.
  case highs
  /// CBC, run as a program of its own.
  case cbc
  /// The scheduler of this package, which needs nothing else.
  case list
}

/// The limits of a schedule and of the search for it.
public struct SchedulingOptions: Hashable, Sendable {
  public var solver: ScheduleSolver
  public var reuse: ReuseRule
  /// The greatest number of layers; nil for seven, or as many as the graph needs if that is more.
  public var maxLayers: Int?
  /// The greatest number of neurons in a layer: ReGLUs, rows of tables and passthroughs. nil for no limit.
  public var maxFeedForward: Int?
  /// Seconds after which the search ends with the best schedule so far.
  public var timeLimit: Double
  /// Of all random choices: the same seed gives the same schedule, unless the time limit ends the search.
  public var seed: Int
  /// The number of annealings of the list scheduler.
  package var rounds = 60

  public init(
    solver: ScheduleSolver = .highs, reuse: ReuseRule = .immediate, maxLayers: Int? = nil, maxFeedForward: Int? = nil,
    timeLimit: Double = 3600, seed: Int = 1
  ) {
    self.solver = solver
    self.reuse = reuse
    self.maxLayers = maxLayers
    self.maxFeedForward = maxFeedForward
    self.timeLimit = timeLimit
    self.seed = seed
  }
}

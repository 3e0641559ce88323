/// What is wanted of the positions that a pipeline computes.
enum BlockGoal {
  /// That the memory holds them.
  case reading
  /// The token after each of them: room for those.
  case predictions(UnsafeMutablePointer<Int32>)
  /// To know how far the tokens are what the model says, so that the rest need not be computed.
  case confirmation
}

/// How far tokens were what the model says.
struct BlockConfirmation {
  /// How many of them: the first in any case, and each other that follows from those before it.
  let acceptedCount: Int
  /// What the model says after those.
  let next: Int32
}

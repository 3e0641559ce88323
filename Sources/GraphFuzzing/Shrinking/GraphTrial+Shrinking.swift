extension GraphTrial {
  /// The trial with as few constructs and tokens as still differ.
  ///
  /// A smaller trial that cannot be carried out does not count.
  package func shrunk(weights: Construction = GraphTrial.weights) -> GraphTrial {
    var best = self
    func differs(_ trial: GraphTrial) -> Bool {
      do {
        return try trial.firstDifference(weights: weights) != nil
      } catch {
        return false
      }
    }
    guard differs(best) else { return best }
    best.recipe.constructs = minimized(best.recipe.constructs) { constructs in
      var trial = best
      trial.recipe.constructs = constructs
      return differs(trial)
    }
    // Fewer tokens: the least number that differs, since the first tokens stay the same.
    for steps in 1..<max(1, best.steps) {
      var trial = best
      trial.steps = steps
      if differs(trial) { return trial }
    }
    return best
  }
}

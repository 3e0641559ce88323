extension Layout {
  /// Checks that no layer has more neurons than allowed.
  ///
  /// - Throws: ``ScheduleError`` of kind `feedForwardWidth`.
  public func checkFeedForward(atMost most: Int) throws(ScheduleError) {
    for (half, contents) in halves.enumerated() where contents.neuronCount > most {
      throw ScheduleError(.feedForwardWidth(layer: half / 2, needed: contents.neuronCount, allowed: most))
    }
  }
}

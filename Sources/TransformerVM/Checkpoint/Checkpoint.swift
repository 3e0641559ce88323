/// Where a run keeps its tokens, to be carried on later.
public struct Checkpoint: Hashable, Sendable {
  /// The file. It is made if there is none.
  public let path: String
  /// How many tokens are lost at most when the run is killed.
  public let interval: Int

  /// - Parameter interval: How many tokens are generated between two writes, at least 1.
  public init(path: String, interval: Int = 1 << 18) {
    self.path = path
    self.interval = max(interval, 1)
  }
}

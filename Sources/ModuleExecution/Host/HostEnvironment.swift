/// What the host gives a program: the same to every program that is given an equal one, but for sources outside.
public struct HostEnvironment: Sendable {
  /// The program's name and its arguments.
  public var arguments: [HostString]
  /// Variables, each as `NAME=value`.
  public var variables: [HostString]
  public var input: HostInput
  public var clock: HostClock
  public var random: HostRandom

  /// - Parameter arguments: the first of them is the program's name.
  public init(
    arguments: [HostString] = [], variables: [HostString] = [], input: HostInput = .bytes([]),
    clock: HostClock = .counting(), random: HostRandom = .seeded(0)
  ) {
    self.arguments = arguments
    self.variables = variables
    self.input = input
    self.clock = clock
    self.random = random
  }
}

public import InstructionSet

extension MachineProfile {
  /// The number of layers that the machine's shipped plan has, unless told otherwise.
  ///
  /// The full profile fits in ten, but eleven make it narrower.
  public var layerCount: Int {
    switch self {
    case .base: 7
    case .full: 11
    }
  }

  /// The same of the machine with a program in its weights: tables are read half a layer later than heads.
  public var specializedLayerCount: Int {
    switch self {
    case .base: 7
    case .full: 12
    }
  }
}

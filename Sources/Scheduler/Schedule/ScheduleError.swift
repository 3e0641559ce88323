import Files

/// The first constraint that a schedule breaks, or the reason why there is none.
public struct ScheduleError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The constraints, in the order in which they are checked.
  public enum Kind: Hashable, Sendable {
    /// The width is not a positive even number.
    case width(Int)
    /// The schedule has another number of placements than the graph has operations.
    case operationCount(expected: Int, found: Int)
    /// An operation sits in a layer that the schedule does not have.
    case layer(operation: String, layer: Int, layerCount: Int)
    /// An operation sits in a phase that cannot compute it.
    case phase(operation: String, phase: Phase)
    /// An operation does not run at least one phase after what it reads.
    case order(reader: String, read: String)
    /// A reader of a mean sits in another layer than the averaging lookup.
    case coupling(reader: String, lookup: String)
    /// A boundary needs more slots than the stream has.
    case boundaryWidth(boundary: Int, needed: Int, width: Int)
    /// The stream is wider than any of its boundaries and half-layers needs.
    case unusedWidth(needed: Int, width: Int)
    /// A layer without any operation.
    case emptyLayer(Int)
    /// An attention half-layer needs more half-heads than the stream is wide.
    case attentionWidth(layer: Int, needed: Int, width: Int)
    /// A feed-forward half-layer needs more neurons than allowed.
    case feedForwardWidth(layer: Int, needed: Int, allowed: Int)
    /// An operation takes more neurons than a layer may have.
    case neurons(operation: String, needed: Int, allowed: Int)
    /// An averaging lookup's value is read by something that can never share its layer.
    case impossibleCoupling(reader: String, lookup: String)
    /// The graph needs more layers than allowed.
    case tooFewLayers(needed: Int, allowed: Int)
    /// A solver is not on this machine.
    case solverNotFound(solver: String, tried: [String])
    /// A solver ends in an error, or answers what is no schedule.
    case solverFailed(solver: String, message: String)
    /// A solver proves that no schedule keeps within the limits.
    case impossibleLimits(solver: String)
    /// A solver finds nothing in its time.
    case noSolution(solver: String, seconds: Double)
  }

  public let kind: Kind

  public init(_ kind: Kind) {
    self.kind = kind
  }

  /// What is wrong, on one line whatever operations, files and solvers are called or say.
  public var description: String { message.oneLine }

  private var message: String {
    switch kind {
    case .width(let width): "schedule: d_model is \(width); it must be even and at least 4"
    case .operationCount(let expected, let found): "schedule: \(found) operations placed; the graph has \(expected)"
    case .layer(let operation, let layer, let count):
      "schedule: '\(operation)' is in layer \(layer); there are layers 0 to \(count - 1)"
    case .phase(let operation, let phase): "schedule: '\(operation)' cannot run in phase \(phase)"
    case .order(let reader, let read): "schedule: '\(reader)' runs before '\(read)', which it reads, is there"
    case .coupling(let reader, let lookup):
      "schedule: '\(reader)' reads the mean of '\(lookup)' and must be in the same layer"
    case .boundaryWidth(let boundary, let needed, let width):
      "schedule: boundary \(boundary) needs \(needed) slots; d_model is \(width)"
    case .unusedWidth(let needed, let width):
      "schedule: d_model is \(width); no boundary and no attention half-layer needs more than \(needed)"
    case .emptyLayer(let layer): "schedule: layer \(layer) runs no operation"
    case .attentionWidth(let layer, let needed, let width):
      "schedule: attention of layer \(layer) needs \(needed) half-heads; d_model is \(width)"
    case .feedForwardWidth(let layer, let needed, let allowed):
      "schedule: layer \(layer) needs \(needed) neurons; \(allowed) are allowed"
    case .neurons(let operation, let needed, let allowed):
      "schedule: '\(operation)' takes \(needed) neurons of one layer; \(allowed) are allowed"
    case .impossibleCoupling(let reader, let lookup):
      "schedule: '\(reader)' reads the mean of '\(lookup)' but can never share its layer"
    case .tooFewLayers(let needed, let allowed):
      "schedule: the graph needs \(needed) layers; \(allowed) are allowed"
    case .solverNotFound(let solver, let tried):
      "schedule: \(solver) is not on this machine; tried \(tried.joined(separator: ", "))"
    case .solverFailed(let solver, let message): "schedule: \(solver) \(message)"
    case .impossibleLimits(let solver): "schedule: \(solver) proves that no schedule keeps within these limits"
    case .noSolution(let solver, let seconds):
      "schedule: \(solver) finds no schedule within these limits in \((10 * seconds).rounded() / 10) seconds"
    }
  }
}

extension ScheduleError.Kind {
  /// The name of the operation that breaks the constraint, when it is one.
  var operation: String? {
    switch self {
    case .layer(let operation, _, _), .phase(let operation, _): operation
    case .order(let reader, _), .coupling(let reader, _), .impossibleCoupling(let reader, _): reader
    default: nil
    }
  }
}

import Graph
import Scheduler
import Testing

extension Layout {
  /// The slot of the dimension with a name, which must have one.
  func slot(named name: String, in graph: ComputationGraph) throws -> Int {
    let index = try #require(graph.nodes.firstIndex { $0.name == name }, "\(name)")
    return try #require(residences[index], "\(name)").slot
  }
}

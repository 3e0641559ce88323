package import OpenAIProtocol
import Synchronization

/// The models of a server, by name, in the order in which they came.
package final class ServedModels: Sendable {
  private let models: Mutex<[any ServedModel]>

  package init(_ models: [any ServedModel] = []) {
    self.models = Mutex([])
    for model in models { add(model) }
  }

  /// All models.
  package var all: [any ServedModel] { models.withLock { $0 } }

  /// Adds a model, in the place of one that has its name.
  package func add(_ model: any ServedModel) {
    models.withLock { models in
      if let place = models.firstIndex(where: { $0.card.id == model.card.id }) {
        models[place] = model
      } else {
        models.append(model)
      }
    }
  }

  /// The model of a name; without a name the first.
  ///
  /// - Throws: when there is none.
  package func model(_ name: String?) throws(APIError) -> any ServedModel {
    let models = all
    if let model = models.first(where: { name == nil || $0.card.id == name }) { return model }
    let names = models.map { "'\($0.card.id)'" }.joined(separator: ", ")
    throw APIError(
      .notFound, "the model '\((name ?? "").prefix(64))' does not exist; expected \(names)", parameter: "model",
      code: "model_not_found")
  }
}

/// What tokens have to have in common, besides themselves, for their keys and values to be the same.
package struct PrefixNamespace: Hashable, Sendable {
  /// The model that computes them.
  package var model: String
  /// What changes the model's weights, if anything does.
  package var adapter: String?
  /// What a user keeps apart from others with, so that nobody learns from a fast answer what others asked.
  package var salt: String?

  package init(model: String = "", adapter: String? = nil, salt: String? = nil) {
    self.model = model
    self.adapter = adapter
    self.salt = salt
  }
}

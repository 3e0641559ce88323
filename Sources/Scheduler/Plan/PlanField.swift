/// The names of the fields of a `plan.yaml`, in one place for writer and reader.
enum PlanField {
  static let format = "format"
  static let modelWidth = "d_model"
  static let layerCount = "layers"
  static let headCount = "heads"
  static let feedForwardWidth = "d_ffn"
  static let reuse = "reuse"
  static let solver = "solver"
  static let status = "status"
  static let embedding = "embedding"
  static let schedule = "schedule"
  static let layer = "layer"
  static let attention = "attention"
  static let feedForward = "feed_forward"
  static let lookups = "lookups"
  static let reglus = "reglus"
  static let tables = "tables"
  static let persists = "persists"
  static let erased = "erased"
  static let refilled = "refilled"
  static let headsUsed = "heads_used"
  static let neuronsUsed = "neurons_used"
  static let dependencyWidth = "dependency_width"
  static let linearWidth = "linear_width"
  static let live = "live"

  /// What `format` says in the files that this version writes and reads.
  static let formatName = "transformer-vm-plan-1"

  static let header = [
    format, modelWidth, layerCount, headCount, feedForwardWidth, reuse, solver, status, embedding, schedule,
  ]
  static let boundary = [dependencyWidth, linearWidth, live]
  static let attentionHalf = [lookups, persists, erased, refilled, headsUsed] + boundary
  static let feedForwardHalf = [reglus, tables, persists, erased, refilled, neuronsUsed] + boundary
}

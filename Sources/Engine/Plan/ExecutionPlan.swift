public import Transformer

/// What the plan of a model computes for each token, counted: what `tvm inspect` shows.
///
/// Level by level, everything reads what earlier levels have computed.
public struct ExecutionPlan: Hashable, Sendable {
  /// What is computed at one level.
  public struct Level: Hashable, Sendable {
    /// Sums of products, and the products of all of them.
    public let sums: Int
    public let products: Int
    /// Gated neurons, relu(gate) · value.
    public let neurons: Int
    /// Tables in the place of neurons of one register.
    public let tables: [Table]
    /// Numbers that are stored for every position, because heads gather them.
    public let storedNumbers: Int
    /// Sets of keys that heads search, each shared by all heads that search the same keys.
    public let keySets: Int
    /// The heads that attend at this level, by their use; uses without heads are left out.
    public let heads: [HeadUse: Int]
  }

  /// A table of the values of some registers, by one register.
  public struct Table: Hashable, Sendable {
    public let rows: Int
    public let columns: Int
    /// The neurons in whose place it stands.
    public let neurons: Int
  }

  /// The numbers that depend on the token alone, and are looked up by it.
  public let embeddingColumns: Int
  public let levels: [Level]
  /// Tokens that the output head finds by rounding a number, without scoring them.
  public let numberedTokens: Int
  /// Different rows of the output head that are scored for each token besides.
  public let scoredRows: Int
  /// Different rows that are scored where the number is not one of a token's.
  public let rowsInAll: Int
}

extension ExecutionPlan {
  /// The plan of a model.
  public init(of model: TransformerModel) {
    let planned = PlannedModel(model)
    let program = planned.program
    embeddingColumns = program.embeddingColumns
    levels = program.levels.map { Level($0, of: program) }
    numberedTokens = planned.outputHead.parabola?.tokens.count ?? 0
    scoredRows = planned.outputHead.otherRows.tokens.count
    rowsInAll = planned.outputHead.allRows.tokens.count
  }
}

extension ExecutionPlan.Level {
  fileprivate init(_ level: SparseProgram.Level, of program: SparseProgram) {
    let groups = program.sums[level.sums]
    sums = groups.reduce(0) { $0 + $1.count }
    products = groups.reduce(0) { $0 + $1.count * $1.length }
    neurons = level.units.count
    tables = program.functions[level.functions].map(ExecutionPlan.Table.init)
    storedNumbers = level.columns.count
    keySets = level.insertions.count
    let uses =
      program.lines[level.lines].map(\.use) + program.gathers[level.gathers].map { _ in HeadUse.gather }
      + program.searches[level.searches].map(\.use)
    heads = uses.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }
}

extension ExecutionPlan.Table {
  fileprivate init(_ function: RegisterFunction) {
    rows = function.rowCount
    columns = function.resultCount
    neurons = function.expression.neuronCount
  }
}

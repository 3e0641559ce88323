/// A sparse program for many positions at once: the same operations in the same order, on rows with a lane for each position.
struct BlockProgram: Sendable {
  /// base + (the products, added in order).
  struct Sum: Sendable {
    let base: Int32
    let destination: Int32
    let firstProduct: Int32
    let productCount: Int32
  }

  /// A row times a weight.
  struct Product: Sendable {
    let weight: Double
    let row: Int
  }

  /// relu(gate) · value.
  struct Unit: Sendable {
    let gate: Int32
    let value: Int32
    let destination: Int32
  }

  /// What can be computed once all lower levels are: ranges of the tables below.
  struct Level: Sendable {
    let functions: Range<Int>
    let sums: Range<Int>
    let units: Range<Int>
    let columns: Range<Int>
    let lines: Range<Int>
    let gathers: Range<Int>
    let lookups: Range<Int>
  }

  let rowCount: Int
  let levels: [Level]
  let functions: [BlockFunction]
  let sums: [Sum]
  let products: [Product]
  let units: [Unit]
  /// Stored columns by their number, with the row that each remembers.
  let columns: [(column: Int, row: Int)]
  let lines: [BlockLine]
  let gathers: [BlockGather]
  let lookups: [BlockLookup]
  let searches: [BlockLookup.Search]
  /// The number of positions that may be computed together.
  let width: Int
  /// The row of t.
  let positionRow: Int
  /// The rows of recency and t², where anything reads them.
  let inverseLogRow: Int?
  let squareRow: Int?
  /// The embedding's columns that are read other than by position, with their rows.
  let embeddingRows: [(column: Int, row: Int)]
  /// Chooses the next token by the rows of one lane.
  let outputHead: SparseOutputHead
  /// Computes whole rows faster than plain code; nil where nothing does.
  let kernel = RowKernel()
  /// Parts that threads may compute one behind the other: ranges of levels.
  let segments: [Range<Int>]
  /// How code for it is laid out, with the same segments; nil when none can be made.
  let code: BlockCodeLayout?
  /// Lays out a model.
  init(_ lowering: ModelLowering, _ source: SparseProgram, _ common: CommonProgram, numbers: [Int]) {
    let outputs = lowering.scores.joined().map { numbers[$0.register.index] }
    let assignment = RowAssignment(source, outputs: outputs)
    var builder = BlockProgramBuilder(source, assignment)
    levels = source.levels.map { builder.level($0) }
    functions = builder.functions
    sums = builder.sums
    products = builder.products
    units = builder.units
    columns = builder.columns
    lines = builder.lines
    gathers = builder.gathers
    lookups = builder.lookups
    searches = builder.searches
    width = builder.mustGoSingly ? 1 : BlockRows.width
    rowCount = assignment.rowCount + builder.scratchRowCount
    positionRow = assignment.row[Register.position.index]
    inverseLogRow = builder.wantedRow(Register.inverseLog.index)
    squareRow = builder.wantedRow(Register.square.index)
    let first = SparseProgram.firstEmbeddingRegister
    embeddingRows = (0..<source.embeddingColumns).compactMap { column in
      builder.wantedRow(first + column).map { (column, $0) }
    }
    outputHead = SparseOutputHead(
      lowering.scores, numbers: numbers.map { assignment.row[$0] * BlockRows.width })
    segments = BlockSegment.levelRanges(of: source)
    code = builder.mustGoSingly ? nil : BlockCodeLayout(source, common, scores: lowering.scores, numbers: numbers)
  }

  /// How many rows a block needs, whether code computes it or not.
  var blockRowCount: Int { max(rowCount, code?.rowCount ?? 0) }
}

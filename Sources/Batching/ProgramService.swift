import Clients

/// What each program, the run of an agent with many calls, has received: tokens computed for it.
///
/// A program is known by its name and the account of its calls: two accounts that use one name have two programs.
///
/// Calls of programs that have received little go first (least attained service), by powers of two so that programs alike do
/// not take turns at every call.
struct ProgramService: Sendable {
  private struct Program: Hashable, Sendable {
    var account: String
    var name: String
  }

  private struct Record: Sendable {
    var service = 0
    var lastUse = 0
  }

  private var records: [Program: Record] = [:]
  private var uses = 0

  /// The most programs that are remembered; of more, those go that were not used for the longest time.
  static let limit = 4096

  /// Programs that are remembered.
  var count: Int { records.count }

  mutating func add(_ tokens: Int, to name: String, of client: Client) {
    let program = Program(account: client.account, name: name)
    uses += 1
    records[program, default: Record()].service += tokens
    records[program]?.lastUse = uses
    guard records.count > Self.limit else { return }
    let oldest = records.sorted { $0.value.lastUse < $1.value.lastUse }.prefix(records.count / 2)
    for (program, _) in oldest { records[program] = nil }
  }

  /// The level of a program: 0 below one quantum, 1 below two, 2 below four; 0 for none.
  func level(of name: String?, of client: Client, quantum: Int) -> Int {
    guard let name, let record = records[Program(account: client.account, name: name)] else { return 0 }
    let quanta = record.service / quantum
    return Int.bitWidth - quanta.leadingZeroBitCount
  }
}

/// What each program, the run of an agent with many calls, has received: tokens computed for it.
///
/// Calls of programs that have received little go first (least attained service), by powers of two so that programs alike do
/// not take turns at every call.
struct ProgramService: Sendable {
  private struct Account: Sendable {
    var service = 0
    var lastUse = 0
  }

  private var accounts: [String: Account] = [:]
  private var uses = 0

  /// The most programs that are remembered; of more, those go that were not used for the longest time.
  static let limit = 4096

  /// Programs that are remembered.
  var count: Int { accounts.count }

  mutating func add(_ tokens: Int, to program: String) {
    uses += 1
    accounts[program, default: Account()].service += tokens
    accounts[program]?.lastUse = uses
    guard accounts.count > Self.limit else { return }
    let oldest = accounts.sorted { $0.value.lastUse < $1.value.lastUse }.prefix(accounts.count / 2)
    for (program, _) in oldest { accounts[program] = nil }
  }

  /// The level of a program: 0 below one quantum, 1 below two, 2 below four; 0 for none.
  func level(of program: String?, quantum: Int) -> Int {
    guard let program, let account = accounts[program] else { return 0 }
    let quanta = account.service / quantum
    return Int.bitWidth - quanta.leadingZeroBitCount
  }
}

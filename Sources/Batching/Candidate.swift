import Clients

/// A waiting request that may be taken up.
struct Candidate: Sendable {
  var id: RequestID
  var client: Client
  /// As it came, without what waiting adds.
  var preference: Preference
}

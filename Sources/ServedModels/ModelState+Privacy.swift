import Clients

extension ModelState {
  /// The state as far as somebody of one account may know it: of the requests of other accounts the sizes, and of prompts that are
  /// cached no text, since a prefix may be anybody's.
  package func shown(toAccount account: String) -> ModelState {
    var shown = self
    for index in requests.indices where requests[index].client.account != account {
      shown.requests[index].client.user = ""
      shown.requests[index].program = nil
    }
    shown.prefixes = prefixes.map(\.withoutPrompts)
    return shown
  }
}

extension ModelState.Prefix {
  fileprivate var withoutPrompts: Self {
    var prefix = self
    if isOfPrompts { prefix.text = nil }
    prefix.children = children.map(\.withoutPrompts)
    return prefix
  }
}

/// The values of `format` that are held to, each as a regular expression of the texts that have it.
///
/// Some are narrower than their definitions, so that what is written is accepted by every reader: no leap seconds, names of
/// hosts with at most three labels.
enum StringFormat: String, CaseIterable {
  case date
  case time
  case dateTime = "date-time"
  case duration
  case email
  case hostname
  case ipv4
  case ipv6
  case uri
  case uuid
  case jsonPointer = "json-pointer"

  /// The texts, from their start to their end.
  var pattern: String { "^(?:\(texts))$" }

  private var texts: String {
    switch self {
    case .date: Self.day
    case .time: Self.clock
    case .dateTime: "(?:\(Self.day))T\(Self.clock)"
    case .duration: "P(?:[0-9]{1,6}W|\(Self.days)(?:\(Self.hours))?|\(Self.hours))"
    case .email: "\(Self.atom)(?:\\.\(Self.atom)){0,2}@\(Self.label)(?:\\.\(Self.label)){1,2}"
    case .hostname: Self.host
    case .ipv4: "\(Self.octet)(?:\\.\(Self.octet)){3}"
    case .ipv6: Self.groups
    case .uri: "[a-z][a-z0-9+.-]{0,20}://\(Self.host)(?::[0-9]{1,4})?(?:/\(Self.segment)*)*\(Self.query)"
    case .uuid: "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
    case .jsonPointer: "(?:/(?:[^~/]|~[01])*)*"
    }
  }

  // RFC 3339, section 5.6, with the lengths of the months. The year 0 is none that calendars share.
  private static let year = "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
  private static let fourth = "(?:0[48]|[2468][048]|[13579][26])"
  private static let leapYear = "(?:[0-9]{2}\(fourth)|\(fourth)00)"
  private static let day = """
    \(year)-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)\
    |02-(?:0[1-9]|1[0-9]|2[0-8]))|\(leapYear)-02-29
    """
  private static let minute = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
  private static let clock = "\(minute):[0-5][0-9](?:\\.[0-9]{1,6})?(?:Z|[+-]\(minute))"

  // RFC 3339, appendix A.
  private static let days = """
    (?:[0-9]{1,6}D|[0-9]{1,6}M(?:[0-9]{1,6}D)?|[0-9]{1,6}Y(?:[0-9]{1,6}M(?:[0-9]{1,6}D)?)?)
    """
  private static let hours = """
    T(?:[0-9]{1,6}S|[0-9]{1,6}M(?:[0-9]{1,6}S)?|[0-9]{1,6}H(?:[0-9]{1,6}M(?:[0-9]{1,6}S)?)?)
    """

  // RFC 5321 and 1123: a label has at most 63 characters, a local part 64.
  private static let atom = "[A-Za-z0-9_+-]{1,20}"
  private static let label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
  private static let host = "\(label)(?:\\.\(label)){0,2}"

  // RFC 3986 and 4291.
  private static let octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
  private static let group = "[0-9a-fA-F]{1,4}"
  private static let groups = """
    (?:\(group):){7}\(group)|(?:\(group):){1,7}:|:(?::\(group)){1,7}|::\
    |(?:\(group):){1,6}:\(group)|(?:\(group):){1,5}(?::\(group)){2}|(?:\(group):){1,4}(?::\(group)){3}\
    |(?:\(group):){1,3}(?::\(group)){4}|(?:\(group):){1,2}(?::\(group)){5}|\(group):(?::\(group)){6}
    """
  private static let segment = "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
  private static let query = "(?:\\?(?:\(segment)|[/?])*)?(?:#(?:\(segment)|[/?])*)?"
}

import HTTPTypes
import Hummingbird
import NIOCore

/// The page at `/`: a chat, runs of programs, and how the server is doing.
///
/// It is one document; its styles and scripts are put in once, and a nonce at each request, so that the browser executes
/// these scripts and no others.
struct PageRoutes: Sendable {
  /// The document, cut where the nonce belongs.
  private let parts: [String]

  init() {
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    let scripts = [
      PackageResources.api_js, PackageResources.chat_js, PackageResources.program_js, PackageResources.live_js,
      PackageResources.page_js,
    ]
    parts = text(PackageResources.page_html)
      .replacing("{{style}}", with: text(PackageResources.page_css))
      .replacing("{{script}}", with: scripts.map(text).joined(separator: "\n"))
      .split(separator: "{{nonce}}", omittingEmptySubsequences: false).map(String.init)
  }

  /// The document, and what it may do: talk to this server and nothing else.
  func page() -> Response {
    let nonce =
      String(UInt64.random(in: .min ... .max), radix: 36) + String(UInt64.random(in: .min ... .max), radix: 36)
    let policy = """
      default-src 'none'; script-src 'nonce-\(nonce)'; style-src 'nonce-\(nonce)'; connect-src 'self'; img-src data:; \
      base-uri 'none'; form-action 'none'; frame-ancestors 'none'
      """
    var response = Response(
      status: .ok, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: parts.joined(separator: nonce))))
    response.headers[.contentSecurityPolicy] = policy
    response.headers[.xContentTypeOptions] = "nosniff"
    if let name = HTTPField.Name("Referrer-Policy") { response.headers[name] = "no-referrer" }
    return response
  }
}

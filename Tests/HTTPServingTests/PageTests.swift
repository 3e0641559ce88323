import Foundation
import HTTPServing
import Testing

/// The page at `/`; what it does in a browser is tested by `Tests/Page/check_page.py`.
@Suite struct PageTests {
  @Test func pageIsOneDocumentWithItsPolicy() async throws {
    var setting = TinyServer.Setting()
    setting.configuration.keys = APIKeys(["secret"])
    try await TinyServer.run(setting) { server in
      let reply = try await server.send("GET", "/")
      #expect(reply.status == 200 && reply.headers["content-type"] == "text/html; charset=utf-8")
      #expect(reply.headers["x-content-type-options"] == "nosniff")
      let policy = try #require(reply.headers["content-security-policy"])
      let nonce = try #require(policy.firstMatch(of: /script-src 'nonce-([a-z0-9]+)'/)?.1)
      #expect(policy.contains("default-src 'none'") && policy.contains("style-src 'nonce-\(nonce)'"))
      let html = reply.text
      #expect(html.hasPrefix("<!doctype html>") && html.contains("<script nonce=\"\(nonce)\">"))
      #expect(html.contains("<style nonce=\"\(nonce)\">") && !html.contains("{{"))
      // Nothing comes from elsewhere, and no markup needs what the policy forbids.
      #expect(!html.contains("src=") && !html.contains("http:") && !html.contains("https:"))
      #expect(html.firstMatch(of: /<[^>]* (style|on[a-z]+)="/) == nil)
      let again = try await server.send("GET", "/")
      #expect(again.headers["content-security-policy"] != policy)
    }
  }
}

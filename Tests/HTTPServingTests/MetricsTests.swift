import Testing

@Suite struct MetricsTests {
  @Test func metricsAreInPrometheusFormat() async throws {
    try await TinyServer.run { server in
      for _ in 0..<3 {
        _ = try await server.json("/v1/completions", #"{"model":"tiny","prompt":"xyz","max_tokens":4}"#)
      }
      _ = try await server.send("GET", "/unknown/\"path\"")
      let reply = try await server.send("GET", "/metrics")
      #expect(reply.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
      let lines = reply.text.split(separator: "\n").map(String.init)
      for expected in [
        #"mili_http_responses_total{path="/v1/completions",status="200"} 3"#,
        #"mili_http_responses_total{path="NotFound",status="404"} 1"#,
        #"mili_time_to_first_token_seconds_count 3"#, #"mili_request_duration_seconds_bucket{le="+Inf"} 3"#,
        #"mili_generated_tokens_total{model="tiny"} 12"#, #"mili_requests_running{model="tiny"} 0"#,
        #"mili_pages{model="tiny",state="protected"} 0"#, "# TYPE mili_pages gauge",
      ] {
        #expect(lines.contains(expected), "\(expected)")
      }
      for line in lines where !line.hasPrefix("#") {
        #expect(line.wholeMatch(of: /[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+/) != nil, "\(line)")
      }
    }
  }
}

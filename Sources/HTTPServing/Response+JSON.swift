import ChatTemplate
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
  /// A response with a JSON body.
  init(_ json: JSONValue, status: HTTPResponse.Status = .ok) {
    var bytes: [UInt8] = []
    json.write(to: &bytes)
    self.init(
      status: status, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}

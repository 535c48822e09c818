package org.jetfold.cli.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A protobuf message, field after field. */
final class Message {
  private final ByteString.Output bytes = ByteString.newOutput();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  private interface Writing {
    void write() throws IOException;
  }

  private Message field(Writing writing) {
    try {
      writing.write();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return this;
  }

  Message text(int field, String value) {
    return field(() -> out.writeString(field, value));
  }

  Message number(int field, long value) {
    return field(() -> out.writeInt64(field, value));
  }

  Message real(int field, float value) {
    return field(() -> out.writeFloat(field, value));
  }

  Message data(int field, ByteString value) {
    return field(() -> out.writeBytes(field, value));
  }

  Message message(int field, Message value) {
    return data(field, value.bytes());
  }

  ByteString bytes() {
    field(out::flush);
    return bytes.toByteString();
  }
}

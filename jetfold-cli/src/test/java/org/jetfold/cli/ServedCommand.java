package org.jetfold.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A program {@code jetfold} that has this process do its work: it starts in no time, where a test
 * of a caller starts it often. What it does and says is what the command does and says.
 */
final class ServedCommand implements AutoCloseable {
  /** Sends the arguments and what is on standard input, and passes on what comes back. */
  private static final String CLIENT =
      """
      #!/usr/bin/env python3
      import os, socket, struct, sys

      with socket.create_connection(("127.0.0.1", PORT)) as connection, connection.makefile("rwb") as stream:
          parts = [*map(os.fsencode, sys.argv[1:]), sys.stdin.buffer.read()]
          stream.write(struct.pack(">i", len(parts)))
          for part in parts:
              stream.write(struct.pack(">i", len(part)) + part)
          stream.flush()
          code, out, err = struct.unpack(">iii", stream.read(12))
          sys.stdout.buffer.write(stream.read(out))
          sys.stderr.buffer.write(stream.read(err))
      sys.exit(code)
      """;

  private final ServerSocket server;
  private final Thread thread;

  /** Puts the program into a folder. */
  ServedCommand(Path folder) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Path script = folder.resolve("jetfold");
    Files.writeString(script, CLIENT.replace("PORT", String.valueOf(server.getLocalPort())));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    thread = Thread.ofPlatform().name("served-command").daemon().start(this::serve);
  }

  private void serve() {
    try {
      while (true) {
        try (Socket caller = server.accept()) {
          answer(caller);
        }
      }
    } catch (SocketException _) {
      // Closed.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void answer(Socket caller) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(caller.getInputStream()));
    String[] arguments = new String[in.readInt() - 1];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = new String(part(in), StandardCharsets.UTF_8);
    }
    CommandRun run = CommandRun.withInput(part(in), (Object[]) arguments);
    byte[] err = run.err().getBytes(StandardCharsets.UTF_8);
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(caller.getOutputStream()));
    out.writeInt(run.exitCode());
    out.writeInt(run.out().length);
    out.writeInt(err.length);
    out.write(run.out());
    out.write(err);
    out.flush();
  }

  private static byte[] part(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }

  @Override
  public void close() throws IOException {
    server.close();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

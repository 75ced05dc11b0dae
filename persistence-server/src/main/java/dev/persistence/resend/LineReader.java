package dev.persistence.resend;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a file in chunks of lines that one request can carry. It reads what the file held when it was opened: the service
 * may append to it meanwhile, of all things the records that were just sent in vain.
 */
final class LineReader implements Closeable {

    private final InputStream in;
    private long left;
    private long number;

    LineReader(Path file) throws IOException {
        this.left = Files.size(file);
        this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    /**
     * The next lines that are not blank, none at the end of the file.
     *
     * @param mostBytes of all lines together, save that a longer line comes alone
     */
    List<Line> next(int mostLines, int mostBytes) throws IOException {
        List<Line> lines = new ArrayList<>();
        long bytes = 0;
        while (lines.size() < mostLines && bytes < mostBytes) {
            Line line = nextLine();
            if (line == null) {
                break;
            }
            lines.add(line);
            bytes += line.bytes().length + 1L;
        }
        return lines;
    }

    private Line nextLine() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean blank = true;
        while (left > 0) {
            int next = in.read();
            if (next < 0) { // it became shorter
                left = 0;
                break;
            }
            left--;
            if (next == '\n') {
                number++;
                if (!blank) {
                    return new Line(number, bytes.toByteArray());
                }
                bytes.reset();
            } else {
                blank &= next == ' ' || next == '\t' || next == '\r';
                bytes.write(next);
            }
        }
        number++;
        return blank ? null : new Line(number, bytes.toByteArray());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

package dev.persistence.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packed bodies that are not what they seem; nothing of them is taken. */
class PackedBodyTest {

    private static final String NDJSON =
            Station.sessions(1).replace("{\"sessions\":[", "").replace("]}", "\n");
    private static Station station;

    @BeforeAll
    static void start() {
        station = Station.start();
    }

    @AfterAll
    static void stop() {
        station.close();
    }

    @Test
    void severalMembers_areOneBody() throws IOException {
        byte[] member = Packing.pack("gzip", NDJSON);
        HttpResponse<String> answer = post("gzip", join(member, member, member));
        assertEquals(202, answer.statusCode());
        assertTrue(answer.body().contains("\"count\":3"), answer.body());
    }

    @ParameterizedTest
    @CsvSource({
        "gzip,1",
        "gzip,2",
        "gzip,8",
        "gzip,9",
        "gzip,40",
        "gzip,9000",
        "deflate,1",
        "deflate,9000",
        "deflate bare,1",
        "deflate bare,9000"
    })
    void bytesBehindTheEnd_areDamage(String packing, int bytes) throws IOException {
        for (byte filling : new byte[] {0, 'x'}) {
            byte[] behind = new byte[bytes];
            Arrays.fill(behind, filling);
            refused(400, packing, join(Packing.pack(packing, NDJSON), behind));
        }
    }

    @Test
    void damagedSecondMember_isDamage() throws IOException {
        byte[] member = Packing.pack("gzip", NDJSON);
        for (int at = 0; at < member.length; at++) {
            if (at >= 3 && at < 10) {
                continue; // flags, time, system: what changes there may well be valid
            }
            byte[] damaged = member.clone();
            damaged[at] ^= 0x55;
            refused(400, "gzip", join(member, damaged));
        }
    }

    @Test
    void secondMemberCutAnywhere_isDamage() throws IOException {
        byte[] member = Packing.pack("gzip", NDJSON);
        for (int length = 1; length < member.length; length++) {
            refused(400, "gzip", join(member, Arrays.copyOf(member, length)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "deflate bare"})
    void bodyOfHighRatio_answers413(String packing) throws IOException {
        refused(413, packing, Packing.pack(packing, " ".repeat(10_000_000)));
    }

    @Test
    void membersThatAreTooMuchTogether_answer413() throws IOException {
        byte[] member = Packing.pack("gzip", " ".repeat(Station.MAX_BYTES / 2 + 1));
        refused(413, "gzip", join(member, member));
    }

    @Test
    void endlessEmptyMembers_areAnEmptyBody() throws IOException {
        byte[] member = Packing.pack("gzip", "");
        byte[][] members = new byte[Station.MAX_BYTES / member.length][];
        Arrays.fill(members, member);
        HttpResponse<String> answer = post("gzip", join(members));
        assertEquals(202, answer.statusCode());
        assertTrue(answer.body().contains("\"count\":0"), answer.body());
    }

    @Test
    void headerWithEverything_isRead() throws IOException {
        byte[] member = Packing.pack("gzip", NDJSON);
        byte[] header = {0x1f, (byte) 0x8b, 8, 0x1c, 0, 0, 0, 0, 0, 3, 3, 0, 'x', 'y', 'z', 'n', 0, 'c', 'c', 0};
        HttpResponse<String> answer = post("gzip", join(header, Arrays.copyOfRange(member, 10, member.length)));
        assertEquals(202, answer.statusCode(), answer.body());
        for (int length = 0; length < header.length; length++) {
            refused(400, "gzip", Arrays.copyOf(header, length));
        }
    }

    @Test
    void packedTwice_isUnpackedOnce() throws IOException {
        byte[] once = Packing.pack("gzip", NDJSON);
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(twice)) {
            out.write(once);
        }
        refused(400, "gzip", twice.toByteArray());
    }

    @Test
    void bodyThatIsNotPacked_isDamage() {
        refused(400, "gzip", NDJSON.getBytes(StandardCharsets.UTF_8));
        refused(400, "deflate", NDJSON.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(int status, String packing, byte[] body) {
        long room = station.ring.remaining();
        HttpResponse<String> answer = post(packing, body);
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals(room, station.ring.remaining());
    }

    private static HttpResponse<String> post(String packing, byte[] body) {
        HttpRequest.Builder request = station.request(Station.SESSIONS)
                .header("Content-Type", "application/x-ndjson")
                .header("Content-Encoding", packing.replace(" bare", ""))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return station.send(request).join();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}

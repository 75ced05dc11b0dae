package dev.persistence.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.persistence.fuzz.FuzzTarget;
import dev.persistence.fuzz.decode.NumberModel;
import dev.persistence.schema.Column;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.ValueType;
import dev.persistence.schema.ValueType.DecimalType;
import dev.persistence.schema.ValueType.IntegerType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Any text as a number, in a string and, where it is one to JSON, bare: {@link NumberModel} says what is stored. */
public final class NumberFuzz implements FuzzTarget {

    private static final String[] SEEDS = {
        "0",
        "-0",
        "1",
        "-1",
        "3.0",
        "3.5",
        "2147483647",
        "2147483648",
        "-2147483648",
        "-2147483649",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "999999999999999999",
        "1000000000000000000",
        "0.99995",
        "0.99994999",
        "1.00004",
        "1.00005",
        "1.00000000000001",
        "-0.00001",
        "0.00005",
        "0.000049999",
        "99999.99",
        "9999.994",
        "9999.995",
        "-9999.995",
        "1e3",
        "1E+3",
        "1e-3",
        "30e-1",
        "1e400",
        "1e-400",
        "0e99999999999",
        "1e-99999999999",
        "1e2147483647",
        "1e-2147483647",
        "0e2147483648",
        "1e999999999",
        "+5",
        "5.",
        ".5",
        "00012",
        "--1",
        "1e",
        "1e+",
        "0x10",
        "NaN",
        "Infinity",
        "-Infinity",
        "1_000",
        "1,5",
        " 1",
        "1 ",
        "",
        "-",
        ".",
        "٣",
        "12345678901234567890123456789012345678901234567890.123456789",
        "0.000000000000000000000000000000000000000000000001",
        "1d",
        "1f",
        "1L",
        "true",
        "1.2.3",
        "1-2",
        "e5",
    };

    private static final List<ValueType> TYPES = List.of(
            new IntegerType("integer", Integer.MIN_VALUE, Integer.MAX_VALUE),
            new IntegerType("integer", 0, Integer.MAX_VALUE),
            new IntegerType("long", Long.MIN_VALUE, Long.MAX_VALUE),
            decimal(5, 4, "0", "1"),
            decimal(6, 2, "-9999.99", "9999.99"),
            decimal(18, 0, "-1e18", "1e18"),
            decimal(65, 30, "-1e35", "1e35"));

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();
    private final List<ValueReader> readers = new ArrayList<>();
    private final DecodedBatch batch = new DecodedBatch();
    private final RecordType record;

    public NumberFuzz() {
        List<Column> columns = new ArrayList<>();
        for (int index = 0; index < TYPES.size(); index++) {
            Column column = new Column("c" + index, TYPES.get(index), false, true, Optional.empty());
            columns.add(column);
            readers.add(ValueReader.of(column, index, java.time.ZoneOffset.UTC, new JsonSource()));
        }
        record =
                new RecordType("numbers", 0, "t", columns, 0, RecordType.NONE, RecordType.NONE, true, Optional.empty());
    }

    private static DecimalType decimal(int precision, int scale, String min, String max) {
        return new DecimalType(precision, scale, new BigDecimal(min), new BigDecimal(max));
    }

    @Override
    public Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        for (String seed : SEEDS) {
            seeds.put("\"" + seed + "\"", seed.getBytes(StandardCharsets.UTF_8));
        }
        return seeds;
    }

    @Override
    public String[] words() {
        return new String[] {
            "e-", "E+", "0000000000", "99999999999999999", "2147483648", "9223372036854775808", "-0.", ".5"
        };
    }

    @Override
    public void take(byte[] input) throws IOException {
        String text = new String(input, StandardCharsets.UTF_8);
        if (text.codePoints().noneMatch(point -> point < 0x10000 && Character.isSurrogate((char) point))) {
            String quoted = "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
            readAll(quoted, text, true);
        }
        if (NumberModel.JSON_NUMBER.matcher(text).matches()) {
            readAll(text, text, false);
        }
    }

    private void readAll(String value, String text, boolean inString) throws IOException {
        byte[] bytes = ("[" + value + "]").getBytes(StandardCharsets.UTF_8);
        for (int column = 0; column < TYPES.size(); column++) {
            ValueType type = TYPES.get(column);
            Optional<String> expected = type instanceof IntegerType integer
                    ? NumberModel.integer(text, inString, integer)
                    : NumberModel.decimal(text, inString, (DecimalType) type);
            assertEquals(expected, read(bytes, column), () -> value + " as " + type);
        }
    }

    private Optional<String> read(byte[] bytes, int column) throws IOException {
        batch.begin(record, bytes.length);
        batch.beginRecord();
        try (JsonParser parser = json.createParser(bytes)) {
            parser.nextToken();
            parser.nextToken();
            String fault = readers.get(column).read(parser, batch);
            return fault == null
                    ? Optional.of(new String(batch.reserve(0), 0, batch.bytes(), StandardCharsets.US_ASCII))
                    : Optional.empty();
        }
    }
}

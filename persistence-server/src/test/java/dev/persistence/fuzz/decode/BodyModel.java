package dev.persistence.fuzz.decode;

import dev.persistence.decode.BodyFormat;
import dev.persistence.fuzz.decode.JsonModel.Kind;
import dev.persistence.fuzz.decode.JsonModel.NotJson;
import dev.persistence.fuzz.decode.JsonModel.Value;
import dev.persistence.schema.RecordType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the contract says of one request body: whether it is refused, why and where, or what its slots must hold. */
public final class BodyModel {

    /** How a body may be answered. */
    public enum Verdict {
        MALFORMED,
        TOO_MANY,
        INVALID,
        TAKEN
    }

    private final RecordType type;
    private final RecordModel record;
    private final int maxRecords;

    // What was found.
    Set<Verdict> verdicts = EnumSet.of(Verdict.TAKEN);
    final List<RecordModel.Stored> records = new ArrayList<>();
    final List<String> faults = new ArrayList<>();
    int unknown;

    private int next; // the place of the next record

    private BodyModel(RecordType type, RecordModel record, int maxRecords) {
        this.type = type;
        this.record = record;
        this.maxRecords = maxRecords;
    }

    public static BodyModel of(RecordType type, RecordModel record, int maxRecords, BodyFormat format, byte[] body) {
        BodyModel model = new BodyModel(type, record, maxRecords);
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            model.verdicts = EnumSet.of(Verdict.MALFORMED);
            return model;
        }
        text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (format == BodyFormat.JSON) {
            model.document(text);
        } else {
            model.lines(text);
        }
        if (model.verdicts.contains(Verdict.TAKEN) && !model.faults.isEmpty()) {
            model.verdicts = EnumSet.of(Verdict.INVALID);
        }
        return model;
    }

    /** The ways in which it may be answered; nearly always one. */
    public Set<Verdict> verdicts() {
        return verdicts;
    }

    /** Records that it holds. */
    public int count() {
        return records.size();
    }

    private void document(String text) {
        JsonModel json = new JsonModel(text);
        try {
            Value root = json.value();
            if (!json.atEnd()) {
                verdicts = EnumSet.of(Verdict.MALFORMED);
            }
            members(root);
        } catch (NotJson malformed) {
            verdicts = EnumSet.of(Verdict.MALFORMED);
            if (holdsTooManyBefore(text.substring(0, malformed.at))) {
                verdicts.add(Verdict.TOO_MANY);
            }
        }
    }

    /** Reading may end at the first record that is too much, or go on and find what is wrong behind it. */
    private boolean holdsTooManyBefore(String beginning) {
        return beginning.contains(",") && beginning.split(",", -1).length > maxRecords;
    }

    private void members(Value root) {
        if (root.kind() != Kind.OBJECT) {
            faults.add("");
            return;
        }
        boolean found = false;
        for (int member = 0; member < root.names().size(); member++) {
            Value value = root.parts().get(member);
            if (!root.names().get(member).equals(type.name())) {
                unknown++;
                continue;
            }
            found = true;
            records.clear();
            faults.clear();
            next = 0;
            if (value.kind() != Kind.ARRAY) {
                faults.add("/" + type.name());
            } else {
                value.parts().forEach(this::element);
                if (value.parts().size() > maxRecords) {
                    verdicts.remove(Verdict.TAKEN);
                    verdicts.add(Verdict.TOO_MANY);
                }
            }
        }
        if (!found) {
            faults.add("/" + type.name());
        }
    }

    private void lines(String text) {
        int index = 0;
        for (String line : text.split("\n", -1)) {
            JsonModel json = new JsonModel(line);
            if (json.atEnd()) {
                continue;
            }
            boolean tooMany = index++ == maxRecords;
            try {
                element(json.value());
                if (!json.atEnd()) {
                    throw new NotJson(line.length());
                }
                verdicts = tooMany ? EnumSet.of(Verdict.TOO_MANY) : verdicts;
            } catch (NotJson malformed) {
                verdicts = tooMany ? EnumSet.of(Verdict.MALFORMED, Verdict.TOO_MANY) : EnumSet.of(Verdict.MALFORMED);
            }
            if (!verdicts.contains(Verdict.TAKEN)) {
                return;
            }
        }
    }

    private void element(Value value) {
        String pointer = "/" + type.name() + "/" + next++;
        if (value.kind() != Kind.OBJECT) {
            faults.add(pointer);
            return;
        }
        RecordModel.Read read = record.read(value);
        unknown += read.unknown();
        read.faults().forEach(column -> faults.add(pointer + "/" + column));
        records.add(read.stored());
    }
}

package dev.persistence.history.plan;

import dev.persistence.history.oracle.Item;
import dev.persistence.history.oracle.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Draws the records of one client. Most of their values name the record. */
final class ItemMaker {

    private static final int OWN_KEYS = 4;
    private static final int SHARED_KEYS = 3;

    private final Random random;
    private final String prefix;
    private final int lane;
    private int serial;

    ItemMaker(Random random, String prefix, int lane) {
        this.random = random;
        this.prefix = prefix;
        this.lane = lane;
    }

    /** Records of keys that come again and again; within a request, too. */
    List<Item> draw(Shape shape, int count) {
        List<Item> items = new ArrayList<>();
        while (items.size() < count) {
            items.add(item(shape, key(count)));
        }
        return items;
    }

    /** A record of a key that does not come again. */
    Item fresh(Shape shape) {
        return item(shape, prefix + "probe-" + lane + "-" + serial);
    }

    /** A record of a key of its own that the database refuses. */
    Item poison() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("source_text", "poison");
        fields.put("status", "refused");
        return new Item(Shape.TASKS, prefix + "poison-" + lane + "-" + serial++, fields, null, null);
    }

    /** Larger requests bring more keys, and not more records of the same ones. */
    private String key(int count) {
        if (random.nextInt(4) == 0) {
            return prefix + "shared-" + random.nextInt(SHARED_KEYS * Math.max(1, count / 2));
        }
        return prefix + "own-" + lane + "-" + random.nextInt(OWN_KEYS * Math.max(1, count / 2));
    }

    private Item item(Shape shape, String key) {
        String version = "v" + lane + "." + serial++;
        boolean whole = random.nextBoolean();
        Map<String, String> fields = new LinkedHashMap<>();
        for (Shape.Column column : shape.columns()) {
            boolean required = column.quoted() && (column.name().equals("status") || isTitle(column));
            if (required || whole || random.nextInt(3) > 0) {
                fields.put(column.name(), required || random.nextInt(6) > 0 ? value(column, version) : null);
            }
        }
        return new Item(shape, key, fields, updatedAt(), random.nextInt(3) == 0 ? past() : null);
    }

    private static boolean isTitle(Shape.Column column) {
        return column.name().equals("filename") || column.name().equals("source_text");
    }

    private String value(Shape.Column column, String version) {
        if (column.quoted()) {
            return version;
        }
        return switch (column.name()) {
            case "metadata" -> "{\"v\":\"" + version + "\"}";
            case "confidence" -> "0." + (1000 + random.nextInt(9000));
            default -> Integer.toString(random.nextInt(1_000_000));
        };
    }

    private String updatedAt() {
        int choice = random.nextInt(20);
        return choice < 9 ? null : choice < 19 ? past() : "2900-01-01 00:00:00.00000" + random.nextInt(10);
    }

    private String past() {
        return "2001-01-01 00:00:0" + random.nextInt(10) + ".00000" + random.nextInt(10);
    }
}

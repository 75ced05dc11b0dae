package dev.persistence.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.persistence.schema.Declarations;
import dev.persistence.schema.RecordType;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlaceholderUpsertTest {

    private static final RecordType TYPE =
            Declarations.read(ConfigFactory.parseString("""
                    record-types = [{ name = notes, table = note, key = id, change-time = changed, columns = [
                      { name = id, type = integer, required = true }
                      { name = size, type = integer, default = 0 }
                      { name = text, type = text, bytes = 100 }
                      { name = changed, type = timestamp } ] }]
                    """)).get(0);

    @Test
    void rows_haveAPlaceholderForEachColumnOfTheServicesUpsert() {
        PlaceholderUpsert upsert = PlaceholderUpsert.of(Dialect.MYSQL, TYPE, 0b0101);

        assertTrue(
                upsert.sql(2)
                        .startsWith(
                                "INSERT INTO `note` (`id`, `text`, `size`, `changed`) VALUES (?,?,?,?),(?,?,?,?) AS new"
                                        + " ON DUPLICATE KEY UPDATE `text` = IF(`note`.`changed` > new.`changed`,"),
                upsert.sql(2));
        assertEquals(
                "[0, 2, 1, 3]",
                IntStream.range(0, upsert.width())
                        .map(upsert::column)
                        .boxed()
                        .toList()
                        .toString());
    }

    @Test
    void moreRowsThanThereArePlaceholders_areRefused() {
        PlaceholderUpsert upsert = PlaceholderUpsert.of(Dialect.MARIADB, TYPE, 0b0111);

        assertEquals(16_383, upsert.mostRows());
        assertThrows(IllegalArgumentException.class, () -> upsert.sql(16_384));
    }
}

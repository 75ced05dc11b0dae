package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The documents within the packaged service, which whoever unpacks it reads there. */
class DocumentsIT {

    @Test
    void links_leadToWhatIsPackaged() {
        Path home = Path.of(System.getProperty("persistence.home", "target/persistence-server"));
        assertEquals(Set.of(), new DocumentLinks(home).dead());
    }
}

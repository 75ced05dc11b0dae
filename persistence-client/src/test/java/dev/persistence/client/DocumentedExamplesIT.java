package dev.persistence.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.RunningService;
import dev.persistence.mysql.TestDatabase;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java code of the guide, as it stands there: all of it compiles, and what it says is what it does. */
class DocumentedExamplesIT {

    private static final Path GUIDE = Path.of("../docs/java-client.md");
    private static final String ADDRESS = "http://localhost:8001";
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\\n(.*?)```");
    private static final Pattern NAME = Pattern.compile("(?m)^(?:final )?class (\\w+)");

    @TempDir
    Path folder;

    @Test
    void examples_compileAndWork() throws Exception {
        try (TestDatabase database = new TestDatabase();
                RunningService service = RunningService.start(database);
                URLClassLoader examples = compile(service.uri("").toString());
                PersistenceClient client =
                        PersistenceClient.builder(service.uri("")).build()) {
            call(examples, "Begin", "main", new Class<?>[] {String[].class}, (Object) new String[0]);
            Map<String, Object> session = new Fields()
                    .set("session_id", "s-1")
                    .set("filename", "f")
                    .set("file_path", "/f")
                    .set("status", "new")
                    .set("llm_provider", "none");
            call(examples, "Save", "save", new Class<?>[] {PersistenceClient.class, Map.class}, client, session);

            assertTrue(client.flush().complete());
            assertEquals(List.of("t-1|Hello"), database.rows("SELECT task_id, source_text FROM translation_tasks"));
            assertEquals(List.of("s-1"), database.rows("SELECT session_id FROM translation_sessions"));
        }
    }

    private static void call(ClassLoader examples, String type, String name, Class<?>[] types, Object... arguments)
            throws ReflectiveOperationException {
        var method = examples.loadClass(type).getDeclaredMethod(name, types);
        method.setAccessible(true);
        method.invoke(null, arguments);
    }

    /** With the service's address in place of the guide's. */
    private URLClassLoader compile(String service) throws IOException, URISyntaxException {
        List<String> arguments = new ArrayList<>(List.of("-Xlint:all", "-Werror", "-d", folder.toString(), "-cp"));
        arguments.add(Path.of(PersistenceClient.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString());
        Matcher example = EXAMPLE.matcher(Files.readString(GUIDE));
        while (example.find()) {
            Matcher name = NAME.matcher(example.group(1));
            assertTrue(name.find(), example.group(1));
            Path source = folder.resolve(name.group(1) + ".java");
            Files.writeString(source, example.group(1).replace(ADDRESS, service));
            arguments.add(source.toString());
        }
        assertTrue(arguments.size() >= 9, () -> "three examples: " + arguments);
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
    }
}

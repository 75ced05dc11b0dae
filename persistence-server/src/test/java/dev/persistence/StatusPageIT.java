package dev.persistence;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.persistence.fault.Accepting;
import dev.persistence.fault.End;
import dev.persistence.fault.FaultProxy;
import dev.persistence.fault.FreePort;
import dev.persistence.http.security.Token;
import dev.persistence.mysql.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The status page in a real browser, on the whole service. Skipped where the machine has no Chromium. */
@Tag("database")
class StatusPageIT {

    private static final String WORD = "#health-word";
    private static final String READER = "reader-token";
    private static final String FLUSHER = "flusher-token";

    private static Chromium chromium;
    private static TestDatabase database;
    private static RunningService service;

    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    private Page page;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = Chromium.find();
        assumeTrue(program.isPresent(), "no chromium is on the PATH: the status page is not tested in a browser");
        PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
        chromium = new Chromium(program.get());
        database = new TestDatabase();
        service = RunningService.start(database, "buffer.max-buffer-size=1000", "buffer.flush-interval=1d");
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            service.stop();
            database.close();
            chromium.close();
        }
    }

    @BeforeEach
    void openPage() {
        page = chromium.open(1280, 900);
        page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
        page.onPageError(complaints::add);
    }

    @AfterEach
    void closePage() {
        page.context().close();
    }

    private void visit(RunningService visited) {
        page.navigate(visited.uri("/").toString());
    }

    private void assertWord(String word) {
        assertThat(page.locator(WORD)).hasText(word);
    }

    private Locator tasks(String counter) {
        return page.locator("#types tr", new Page.LocatorOptions().setHasText("tasks"))
                .locator("td[data-name=" + counter + "]");
    }

    private static long count(Locator figure) {
        return Long.parseLong(figure.textContent().replace(",", ""));
    }

    @Test
    void page_loadsWithoutAskingAnybodyElse() {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        page.onRequest((Request request) -> asked.add(request.url()));
        visit(service);
        assertWord("Healthy");
        assertThat(page.locator("#in-plot canvas")).isVisible();
        assertThat(page.locator("#out-plot canvas")).isVisible();
        page.waitForCondition(
                () -> asked.stream().filter(url -> url.endsWith("/status")).count() > 2);
        String own = service.uri("/").toString();
        assertEquals(
                List.of(),
                asked.stream()
                        .filter(url -> !url.startsWith(own) && !url.startsWith("data:"))
                        .toList());
        assertEquals(List.of(), complaints);
        assertEquals(List.of(), page.context().cookies());
    }

    @Test
    void figures_moveUnderLoad() {
        Client client = new Client(service);
        client.flush();
        visit(service);
        assertWord("Healthy");
        long before = count(tasks("written"));
        for (int batch = 0; batch < 10; batch++) {
            List<Map<String, Object>> records = new ArrayList<>();
            for (int record = 0; record < 500; record++) {
                records.add(Client.task("load-" + batch + "-" + record));
            }
            assertEquals(202, client.send("tasks", records).status());
        }
        client.flush(); // what is left, fewer than make a flush due
        page.waitForCondition(() -> count(tasks("written")) == before + 5000);
        assertThat(page.locator("#in-rate")).not().hasText("0");
        assertThat(page.locator("#out-rate")).not().hasText("0");
        assertThat(page.locator("#flush-reasons li[title=count] b")).not().hasText("0");
        assertThat(page.locator("#flush-times i[style*='height: 100%']").first())
                .isVisible();
        assertEquals(List.of(), complaints);
    }

    @Test
    void flushButton_writesWhatWaits() {
        Client client = new Client(service);
        client.flush();
        visit(service);
        assertThat(page.locator("#unwritten")).hasText("0");
        client.send("tasks", Client.task("button-1"), Client.task("button-2"), Client.task("button-3"));
        assertThat(page.locator("#unwritten")).hasText("3");
        assertThat(page.locator("#ring > p").last()).hasText("3 of 65,536 records");

        page.click("#flush");

        assertThat(page.locator("#flush-result")).hasText(Pattern.compile("Written: 3 tasks, in .*ms"));
        assertEquals(
                List.of("3"), database.rows("SELECT COUNT(*) FROM translation_tasks WHERE task_id LIKE 'button-%'"));
        assertThat(page.locator("#unwritten")).hasText("0");
    }

    @Test
    void token_isAskedForAndKeptInTheTabOnly() throws Exception {
        String entries = Token.of("reader", "read", READER).entry() + ","
                + Token.of("flusher", "read+flush", FLUSHER).entry();
        try (RunningService guarded = RunningService.start(database, "service.tokens=" + entries)) {
            visit(guarded);
            assertWord("Token needed");
            assertThat(page.locator("#figures")).isHidden();
            enter("wrong");
            assertThat(page.locator("#token-why")).hasText("Not let in: the token is not known.");
            enter(READER);
            assertWord("Healthy");
            page.click("#flush");
            assertThat(page.locator("#flush-result")).hasText("Not flushed: the token lacks the right \"flush\"");
            page.reload();
            assertWord("Healthy");
            page.click("#forget");
            assertWord("Token needed");
            enter(FLUSHER);
            page.click("#flush");
            assertThat(page.locator("#flush-result")).hasText("Nothing was waiting");
            assertFalse(page.url().contains("token"), page.url());
            assertFalse(page.content().contains(FLUSHER), "the token stays out of the document");
        }
    }

    private void enter(String token) {
        page.fill("#token", token);
        page.click("#token-form button");
    }

    @Test
    void databaseOutOfReach_isShownUntilItAnswers() throws Exception {
        URI direct = URI.create(database.url().substring("jdbc:".length()));
        try (FaultProxy proxy = FaultProxy.to(direct.getPort());
                RunningService behind =
                        RunningService.start(database.url().replace(":" + direct.getPort(), ":" + proxy.port()))) {
            visit(behind);
            assertWord("Healthy");
            proxy.accept(Accepting.REFUSED);
            proxy.end(End.RESET);
            assertWord("Database does not answer");
            assertThat(page.locator("#health-more")).hasText("Batches that fall due meanwhile are lost.");
            proxy.pass();
            assertWord("Healthy");
        }
    }

    @Test
    void lostRecords_areShownWithTheirReason() throws Exception {
        try (TestDatabase own = new TestDatabase();
                RunningService losing = RunningService.start(own)) {
            visit(losing);
            assertThat(page.locator("#no-failures")).isVisible();
            own.execute("RENAME TABLE translation_tasks TO away");
            new Client(losing).send("tasks", Client.task("t-1"));
            page.click("#flush");
            assertThat(page.locator("#flush-result")).hasText(Pattern.compile("Not flushed: 1 records were lost .*"));
            assertWord("Records were lost");
            assertThat(tasks("lost")).hasText("1");
            assertThat(page.locator("#lost-reasons li")).containsText("a table or column is gone");
            assertThat(page.locator("#recent tr")).containsText("tasks: 1 lost");
        }
    }

    @Test
    void serviceGone_isSaidPlainlyUntilItIsBack() throws Exception {
        String port = "service.port=" + FreePort.find();
        RunningService first = RunningService.start(database, port);
        visit(first);
        assertWord("Healthy");
        assertEquals("1", page.locator("main").evaluate("it => getComputedStyle(it).opacity"));
        first.stop();
        assertWord("No answer from the service");
        assertThat(page.locator("#health-more"))
                .hasText(Pattern.compile("for [0-9.]+ m?s(; it was stopping)?; figures of [0-9:]{8} UTC"));
        assertEquals("0.5", page.locator("main").evaluate("it => getComputedStyle(it).opacity"), "figures are greyed");
        try (RunningService second = RunningService.start(database, port)) {
            assertEquals(first.port(), second.port());
            assertWord("Healthy");
        }
    }

    @Test
    void phone_scrollsInOneDirectionOnly() {
        page.setViewportSize(360, 740);
        visit(service);
        assertWord("Healthy");
        page.click("summary");
        assertThat(page.locator("#settings tr").first()).isVisible();
        assertEquals(360, page.evaluate("document.documentElement.scrollWidth"));
    }

    @Test
    void colours_followTheReadersScheme() {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        visit(service);
        assertWord("Healthy");
        Object light = page.evaluate("getComputedStyle(document.body).backgroundColor");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertNotEquals(light, page.evaluate("getComputedStyle(document.body).backgroundColor"));
    }

    @Test
    void settings_showNoSecret() throws Exception {
        try (RunningService secretive = RunningService.start(
                database.url() + "&trustCertificateKeyStorePassword=hidden-word", "buffer.max-buffer-size=777")) {
            visit(secretive);
            assertWord("Healthy");
            page.click("summary");
            assertThat(page.locator("#settings tr", new Page.LocatorOptions().setHasText("buffer.max-buffer-size")))
                    .containsText("777");
            assertThat(page.locator("#settings tr", new Page.LocatorOptions().setHasText("database.url")))
                    .containsText("trustCertificateKeyStorePassword=***");
            assertFalse(page.content().contains("hidden-word"));
        }
    }
}

package dev.persistence;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The machine's own Chromium without a window. Used by one thread. */
final class Chromium implements AutoCloseable {

    /** It speaks with nobody but the pages' own servers, and runs as root too. */
    private static final List<String> OPTIONS = List.of(
            "--no-sandbox",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    Chromium(Path program) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(OPTIONS));
    }

    /** The program, where one is on the PATH. */
    static Optional<Path> find() {
        return InstalledProgram.find("chromium", "chromium-browser", "google-chrome");
    }

    /** A page of its own, without anything that others stored. */
    Page open(int width, int height) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions().setViewportSize(width, height));
        Page page = context.newPage();
        page.setDefaultTimeout(15_000);
        return page;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}

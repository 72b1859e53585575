package dev.core.orchestrator.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.core.migrations.testing.TestDatabases;
import dev.core.orchestrator.api.ServerUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages in a real browser. Skipped where no Chromium of Playwright is installed. */
class BrowserTest {

  /** Where Linux distributions and macOS put it; none is ever downloaded. */
  private static final List<String> INSTALLED =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/Applications/Chromium.app/Contents/MacOS/Chromium",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

  private static Playwright playwright;
  private static Browser browser;
  private ServerUnderTest server;

  @BeforeAll
  static void launch() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    var chromium =
        INSTALLED.stream().map(Path::of).filter(Files::isExecutable).findFirst().orElse(null);
    Assumptions.assumeTrue(
        chromium != null, "no Chromium at any of " + INSTALLED + "; install the package chromium");
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium)
                    // Without these it asks the internet, and as root it does not start.
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  @AfterAll
  static void quit() {
    if (playwright != null) {
      playwright.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    server = new ServerUnderTest(TestDatabases.h2());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private Page open(String path, ColorScheme scheme) {
    var page = browser.newPage(new Browser.NewPageOptions().setColorScheme(scheme));
    page.navigate(server.uri(path).toString());
    return page;
  }

  @Test
  void newRunAppearsWithoutReloading() {
    var page = open("/", ColorScheme.LIGHT);
    assertThat(page.locator("#live")).hasText("live");
    assertThat(page.locator("#runs")).containsText("No such runs");

    server.recorded().failedRun(1, "flights");

    assertThat(page.locator("#runs")).containsText("failed");
    page.locator("#run-1").click();
    assertThat(page.locator("h1")).hasText("Run 1 of flights");
  }

  @Test
  void everythingIsReachedByKeyboardAndDarkModeIsDark() {
    server.recorded().failedRun(1, "flights");
    var page = open("/", ColorScheme.DARK);

    page.keyboard().press("Tab");
    assertThat(page.locator(".skip")).isFocused();
    var background = page.evaluate("getComputedStyle(document.body).backgroundColor");
    assertThat(background).isEqualTo("rgb(20, 23, 27)");
  }
}

package dev.persistence.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.JsonTree;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The Grafana dashboard, as far as it can be judged without Grafana. */
class DashboardTest {

    private final Object dashboard = Shipped.dashboard();

    @Test
    void dashboard_canBeImportedAnywhere() {
        assertEquals(null, JsonTree.at(dashboard, "id"), "Grafana gives the id");
        assertTrue(JsonTree.number(dashboard, "schemaVersion") >= 39, "of Grafana 11 or later");
        assertEquals(List.of("datasource", "instance"), variables());
        assertEquals(List.of(), panelsWithout(DashboardTest::asksTheChosenDatasource));
    }

    @Test
    void rows_areTheQuestionsOfAnOperator() {
        List<Object> rows = ((List<?>) JsonTree.at(dashboard, "panels"))
                .stream()
                        .filter(panel -> "row".equals(JsonTree.at(panel, "type")))
                        .map(row -> JsonTree.at(row, "title"))
                        .toList();
        assertEquals(
                List.of(
                        "Is it keeping up?",
                        "What would a crash lose now?",
                        "What was lost, and why?",
                        "What is slow: network, decode, ring, database?",
                        "The process"),
                rows);
    }

    @Test
    void everyPanel_asksSomethingAndSaysWhatItShows() {
        assertEquals(
                List.of(),
                panelsWithout(panel -> !Shipped.queries(panel).isEmpty()
                        && Shipped.queries(panel).stream().noneMatch(String::isBlank)));
        assertEquals(
                List.of(), panelsWithout(panel -> panel.get("description") instanceof String text && !text.isBlank()));
    }

    @Test
    void everyPanel_hasAUnit() {
        assertEquals(
                List.of(),
                panelsWithout(panel -> JsonTree.at(panel, "fieldConfig", "defaults", "unit") instanceof String unit
                        && !unit.isBlank()));
    }

    @Test
    void everyQuery_asksForTheChosenInstances() {
        assertEquals(
                List.of(),
                panelsWithout(panel -> Shipped.queries(panel).stream()
                        .allMatch(query -> MetricSelector.allIn(query).stream()
                                .allMatch(selector -> selector.labels().contains("instance")
                                        || selector.name().equals("persistence_build_info")))));
    }

    @Test
    void panels_haveNumbersOfTheirOwnAndDoNotOverlap() {
        Set<Object> ids = new HashSet<>();
        Set<List<Long>> taken = new HashSet<>();
        for (Map<?, ?> panel : Shipped.panels()) {
            assertTrue(ids.add(panel.get("id")), () -> "a second panel " + panel.get("id"));
            long left = JsonTree.number(panel, "gridPos", "x");
            long top = JsonTree.number(panel, "gridPos", "y");
            for (long x = left; x < left + JsonTree.number(panel, "gridPos", "w"); x++) {
                for (long y = top; y < top + JsonTree.number(panel, "gridPos", "h"); y++) {
                    assertTrue(x < 24 && taken.add(List.of(x, y)), () -> "out of place: " + panel.get("title"));
                }
            }
        }
    }

    private List<Object> variables() {
        return ((List<?>) JsonTree.at(dashboard, "templating", "list"))
                .stream().map(variable -> JsonTree.at(variable, "name")).toList();
    }

    private static boolean asksTheChosenDatasource(Map<?, ?> panel) {
        return Objects.equals(JsonTree.at(panel, "datasource", "uid"), "${datasource}")
                && ((List<?>) panel.get("targets"))
                        .stream()
                                .allMatch(target ->
                                        Objects.equals(JsonTree.at(target, "datasource", "uid"), "${datasource}"));
    }

    private static List<Object> panelsWithout(Predicate<Map<?, ?>> condition) {
        return Shipped.panels().stream()
                .filter(condition.negate())
                .<Object>map(panel -> panel.get("title"))
                .toList();
    }
}

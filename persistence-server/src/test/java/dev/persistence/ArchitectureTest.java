package dev.persistence;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the direction in which imports run: the flow, from the wire to the table, with the ring in its middle. */
class ArchitectureTest {

    private static final String ROOT = "dev.persistence";
    private static final String OTHER_STATION = "another station";

    /** What each station may import of ours; a package that is not named here may not exist. */
    static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("schema", Set.of()),
            Map.entry("telemetry", Set.of()),
            Map.entry("tracing", Set.of()),
            Map.entry("logging", Set.of()),
            Map.entry("settings", Set.of()),
            Map.entry("ring", Set.of("schema", "telemetry", "tracing")),
            Map.entry("decode", Set.of("ring", "schema", "telemetry")),
            Map.entry("batch", Set.of("ring", "schema", "telemetry", "tracing")),
            Map.entry("http", Set.of("decode", "ring", "schema", "telemetry", "tracing")),
            Map.entry("mysql", Set.of("batch", "ring", "schema", "telemetry", "tracing")),
            Map.entry("fallback", Set.of("batch", "ring", "schema", "telemetry")),
            Map.entry("jmx", Set.of("ring", "schema", "telemetry")),
            Map.entry("resend", Set.of()), // a client, which knows the service by its HTTP only
            Map.entry("embedded", Set.of("schema", "telemetry")));

    /** Within the HTTP station: connections hand requests to endpoints, and what is said at the end knows of neither. */
    private static final Map<String, Set<String>> MAY_IMPORT_OF_HTTP = Map.of(
            "http", Set.of("http.endpoint", "http.body", "http.answer", "http.security"),
            "http.endpoint", Set.of("http.body", "http.openapi", "http.page", "http.answer", "http.security"),
            "http.openapi", Set.of("http.answer", "http.security"),
            "http.page", Set.of("http.answer"),
            "http.body", Set.of("http.answer"),
            "http.security", Set.of("http.answer"),
            "http.answer", Set.of());

    private static final Set<String> DRAWERS =
            Set.of("util", "utils", "common", "manager", "managers", "helper", "helpers", "impl", "misc", "shared");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void imports_runAlongTheFlow() {
        Map<String, Set<String>> forbidden = new TreeMap<>();
        for (JavaClass from : classes) {
            if (!station(from).isEmpty()) { // the root wires everything
                forbidden.putAll(importsBeyond(MAY_IMPORT, ArchitectureTest::station, from));
            }
        }
        assertEquals(Map.of(), forbidden);
    }

    @Test
    void importsWithinHttp_runFromConnectionsToAnswers() {
        Map<String, Set<String>> forbidden = new TreeMap<>();
        for (JavaClass from : classes) {
            if (station(from).equals("http")) {
                forbidden.putAll(importsBeyond(MAY_IMPORT_OF_HTTP, ArchitectureTest::withinHttp, from));
            }
        }
        assertEquals(Map.of(), forbidden);
    }

    /** What a class imports of ours, from a place that its own place may not import; by the class's name. */
    private static Map<String, Set<String>> importsBeyond(
            Map<String, Set<String>> allowed, Function<JavaClass, String> place, JavaClass from) {
        String own = place.apply(from);
        Set<String> known = allowed.getOrDefault(own, Set.of());
        Set<String> beyond = from.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(ArchitectureTest::isOurs)
                .filter(target -> !place.apply(target).equals(own)
                        && !place.apply(target).equals(OTHER_STATION)
                        && !known.contains(place.apply(target)))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        return beyond.isEmpty() ? Map.of() : Map.of(from.getName(), beyond);
    }

    @Test
    void everyPackage_isAStationThatTheFlowKnows() {
        Set<String> unknown = packages().stream()
                .map(ArchitectureTest::station)
                .filter(station -> !station.isEmpty() && !MAY_IMPORT.containsKey(station))
                .collect(Collectors.toSet());
        assertEquals(Set.of(), unknown, "a new package takes its place in MAY_IMPORT");
    }

    @Test
    void noPackage_isADrawer() {
        List<String> drawers = packages().stream()
                .filter(name -> !Collections.disjoint(List.of(name.split("\\.")), DRAWERS))
                .toList();
        assertEquals(List.of(), drawers);
    }

    @Test
    void everyPackage_saysWhatItIs() {
        List<String> silent = packages().stream()
                .filter(name ->
                        classes.stream().noneMatch(type -> type.getName().equals(name + ".package-info")))
                .toList();
        assertEquals(List.of(), silent, "these have no package-info.java");
    }

    @Test
    void library_staysWithItsStation() {
        only("http", "io.netty..");
        only("ring", "com.lmax.disruptor..");
        only("telemetry", "com.codahale.metrics..");
        only("telemetry", "io.prometheus..");
        only("mysql", "com.zaxxer.hikari..", "org.flywaydb..");
        only("embedded", "ch.vorburger..");
        only("tracing.export", "io.opentelemetry..");
        only("logging", "ch.qos.logback..");
    }

    private void only(String station, String... library) {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "." + station + "..", ROOT)
                .should()
                .dependOnClassesThat(resideInAPackage(library[0]).or(resideInAPackage(library[library.length - 1])))
                .check(classes);
    }

    private Set<String> packages() {
        return classes.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    private static String station(JavaClass type) {
        return station(type.getPackageName());
    }

    /** The package below the root of a class of the HTTP station; others are the other test's affair. */
    private static String withinHttp(JavaClass type) {
        String name = type.getPackageName();
        return station(name).equals("http") ? name.substring(ROOT.length() + 1) : OTHER_STATION;
    }

    /** The first part of the name below the root: a package within a station is the station's own. */
    private static String station(String packageName) {
        return packageName.equals(ROOT)
                ? ""
                : packageName.substring(ROOT.length() + 1).split("\\.", 2)[0];
    }
}

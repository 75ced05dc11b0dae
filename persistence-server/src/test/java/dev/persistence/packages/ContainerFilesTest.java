package dev.persistence.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.http.openapi.Paths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Image, compose file and the example for Kubernetes, held against what the service really has. */
class ContainerFilesTest {

    private static final int USER = 8001;

    private final Object compose = Yaml.documents(Delivered.COMPOSE).get(0);
    private final Map<?, ?> composed = Yaml.map(compose, "services", "persistence");
    private final List<Object> kubernetes = Yaml.documents(Delivered.KUBERNETES);
    private final Object pod = Yaml.at(object("Deployment"), "spec", "template", "spec");
    private final Object container = Yaml.at(pod, "containers", 0);

    private Object object(String kind) {
        return kubernetes.stream()
                .filter(each -> kind.equals(Yaml.at(each, "kind")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void variablesOfTheEnvironment_areOnesThatTheServiceReads() {
        assertEquals(
                List.of(),
                ServiceFacts.unknown(Yaml.map(composed, "environment").keySet()));
        assertEquals(
                List.of(),
                ServiceFacts.unknown(Yaml.map(object("ConfigMap"), "data").keySet()));
    }

    @Test
    void beforeAContainerIsKilled_theServiceHasHadItsTimeToStop() {
        assertTrue(seconds(composed.get("stop_grace_period")) > ServiceFacts.SHUTDOWN_SECONDS);

        List<?> wait = Yaml.list(container, "lifecycle", "preStop", "exec", "command");
        int before = Integer.parseInt((String) wait.get(1));
        int grace = (Integer) Yaml.at(pod, "terminationGracePeriodSeconds");
        assertTrue(grace > before + ServiceFacts.SHUTDOWN_SECONDS, grace + " s");
    }

    @Test
    void restartsGoByLife_andTrafficByReadiness() {
        assertEquals(Paths.LIVE, Yaml.at(container, "startupProbe", "httpGet", "path"));
        assertEquals(Paths.LIVE, Yaml.at(container, "livenessProbe", "httpGet", "path"));
        assertEquals(Paths.READY, Yaml.at(container, "readinessProbe", "httpGet", "path"));
        assertTrue(dockerfile().contains("GET " + Paths.LIVE + " HTTP/1.1"), "the image's health check");
    }

    @Test
    void port_isTheServicesOwn() {
        assertEquals(ServiceFacts.PORT, Yaml.at(container, "ports", 0, "containerPort"));
        assertEquals(ServiceFacts.PORT, Yaml.at(object("Service"), "spec", "ports", 0, "port"));
        assertEquals("127.0.0.1:" + ServiceFacts.PORT + ":" + ServiceFacts.PORT, Yaml.at(composed, "ports", 0));
        assertTrue(dockerfile().contains("\nEXPOSE " + ServiceFacts.PORT + "\n"));
        assertTrue(Delivered.text(Path.of("../conf/compose/prometheus.yml"))
                .contains("\"persistence:" + ServiceFacts.PORT + "\""));
    }

    @Test
    void nothingRunsAsRoot_orMayBecomeIt() {
        assertTrue(dockerfile().contains("\nUSER " + USER + ":" + USER + "\n"));
        assertEquals(USER, Yaml.at(pod, "securityContext", "runAsUser"));
        assertEquals(true, Yaml.at(pod, "securityContext", "runAsNonRoot"));
        assertEquals(false, Yaml.at(container, "securityContext", "allowPrivilegeEscalation"));
        assertEquals(true, Yaml.at(container, "securityContext", "readOnlyRootFilesystem"));
        assertEquals(List.of("ALL"), composed.get("cap_drop"));
    }

    @Test
    void aRollingUpdate_neverHasFewerInstancesThanAskedFor() {
        Object strategy = Yaml.at(object("Deployment"), "spec", "strategy", "rollingUpdate");
        assertEquals(0, Yaml.at(strategy, "maxUnavailable"));
        int replicas = (Integer) Yaml.at(object("Deployment"), "spec", "replicas");
        int away = (Integer) Yaml.at(object("PodDisruptionBudget"), "spec", "maxUnavailable");
        assertTrue(away < replicas, away + " of " + replicas);
    }

    @Test
    void everySelector_findsThePods() {
        Map<?, ?> labels = Yaml.map(object("Deployment"), "spec", "template", "metadata", "labels");
        assertEquals(labels, Yaml.map(object("Deployment"), "spec", "selector", "matchLabels"));
        assertEquals(labels, Yaml.map(object("PodDisruptionBudget"), "spec", "selector", "matchLabels"));
        assertEquals(labels, Yaml.map(object("Service"), "spec", "selector"));
    }

    @Test
    void passwordFile_isWhereASecretIsMounted() {
        Map<?, ?> settings = Yaml.map(object("ConfigMap"), "data");
        Object name =
                Yaml.map(object("Secret"), "stringData").keySet().iterator().next();
        assertEquals(Yaml.at(container, "volumeMounts", 0, "mountPath") + "/" + name, settings.get("DB_PASSWORD_FILE"));
        assertNull(settings.get("DB_PASSWORD"));
    }

    @Test
    void filesThatTheComposeFileMounts_areThere() {
        List<String> missing = new ArrayList<>();
        for (Object service : Yaml.map(compose, "services").values()) {
            for (Object volume : Yaml.list(service, "volumes")) {
                String source = ((String) volume).split(":", -1)[0];
                boolean there = source.startsWith("./")
                        ? Files.exists(Path.of("..", source))
                        : Yaml.map(compose, "volumes").containsKey(source);
                if (!there) {
                    missing.add(source);
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void composedServices_listenOnThisMachineOnly() {
        for (Object service : Yaml.map(compose, "services").values()) {
            for (Object port : Yaml.list(service, "ports")) {
                assertTrue(((String) port).startsWith("127.0.0.1:"), port.toString());
            }
        }
    }

    private static String dockerfile() {
        return Delivered.text(Delivered.DOCKERFILE);
    }

    private static int seconds(Object text) {
        return Integer.parseInt(text.toString().replaceFirst("s$", ""));
    }
}

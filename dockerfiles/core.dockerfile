# The one image of CORE: orchestrator (`core`) and worker (`corebot`). Needs BuildKit.
#   docker build -f dockerfiles/core.dockerfile -t core .

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /source
COPY pom.xml ./
COPY .mvn .mvn
COPY migrations migrations
COPY common common
COPY worker worker
COPY orchestrator orchestrator
# Libraries stay in a cache of the builder; a change of sources fetches none again.
RUN --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp -q package -Dmaven.test.skip=true -Dcore.lib=/built/lib

FROM eclipse-temurin:25-jre
# Started in /workspace, it keeps what it writes in .core below, as in a clone. The folders are made here so that volumes
# begin with this owner.
RUN groupadd --system --gid 10001 core \
    && useradd --system --uid 10001 --gid core --no-create-home --home-dir /workspace/.core --shell /bin/bash core \
    && mkdir -p /workspace/.core/datasets /workspace/.core/logs \
    && chown -R core:core /workspace/.core
COPY --from=build /built/lib /opt/core/lib
COPY dockerfiles/image/ /usr/local/bin/
RUN core-prepare
USER core
WORKDIR /workspace
EXPOSE 8080
# No entry point: a job's command line is `corebot run …`.
CMD ["core", "server"]

# Build: docker build -t weighmaster .
FROM rust:1.95-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-pip && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
# Postgres runs in a container of its own.
RUN DATABASE_URL=postgres://elsewhere scripts/deps.sh && cargo build --release --bin weighmaster

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /var/lib/weighmaster weighmaster
COPY --from=build /src/target/release/weighmaster /usr/local/bin/weighmaster
COPY --from=build /src/.deps/onnxruntime/onnxruntime/capi/libonnxruntime.so.* /usr/local/lib/
COPY --from=build /src/reward_models/*.toml /src/reward_models/*.onnx /src/reward_models/tokenizer.json /opt/weighmaster/reward_models/
COPY --from=build /src/config /opt/weighmaster/config
COPY packaging/entry.sh /usr/local/bin/weighmaster-entry
COPY LICENSE /opt/weighmaster/LICENSE
RUN ln -s /usr/local/lib/libonnxruntime.so.* /usr/local/lib/libonnxruntime.so
ENV ORT_DYLIB_PATH=/usr/local/lib/libonnxruntime.so
WORKDIR /opt/weighmaster
USER weighmaster
# Not healthy when the last judged round, or our row on the chain, is older than it should be.
HEALTHCHECK --interval=60s --timeout=10s --start-period=5m --retries=3 CMD ["weighmaster", "health"]
ENTRYPOINT ["weighmaster-entry"]
CMD ["run"]

